/// What race records come to in money. In: a batch of one stream, its leases. Out: ledger entries, refunds, usage.
@NullMarked
package io.streamsync.billing.charging;

import org.jspecify.annotations.NullMarked;
