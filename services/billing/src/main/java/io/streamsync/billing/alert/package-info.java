/// Tells customers when their credit runs low. In: thresholds, balances, what the last hour cost. Out: signed webhooks,
/// one per crossing, beside the posting of money and never in its way.
@NullMarked
package io.streamsync.billing.alert;

import org.jspecify.annotations.NullMarked;
