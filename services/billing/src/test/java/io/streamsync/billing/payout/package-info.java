@NullMarked
package io.streamsync.billing.payout;

import org.jspecify.annotations.NullMarked;
