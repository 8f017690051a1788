/// Earnings on their way to operators. In: requests that the portal has authenticated. Out: transfers.
@NullMarked
package io.streamsync.billing.payout;

import org.jspecify.annotations.NullMarked;
