/// Unspent credit on its way back to customers. In: requests. Out: transfers by the rail that the money came in by.
@NullMarked
package io.streamsync.billing.withdrawal;

import org.jspecify.annotations.NullMarked;
