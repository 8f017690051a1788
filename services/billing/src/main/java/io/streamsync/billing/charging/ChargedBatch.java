package io.streamsync.billing.charging;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.archive.VerdictRow;
import io.streamsync.billing.credit.Lease;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.refund.Refund;
import io.streamsync.billing.subscription.SubscriptionCharge;
import io.streamsync.billing.usage.UsageOfBatch;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// What a batch of records comes to.
///
/// @param entries all that is moved, but for the reversals
/// @param charges per customer, nano-USDC
/// @param refunds of what was never charged
/// @param reversals of what was; who pays depends on balances that have to be locked
/// @param unverified verifiers' shares that wait for VERIFIED after this batch
/// @param ended whether the stream is over
record ChargedBatch(
        Collection<Lease> leases,
        Entries entries,
        Map<CustomerId, Long> charges,
        List<RaceRow> races,
        List<VerdictRow> verdicts,
        List<Refund> refunds,
        List<SubscriptionCharge> subscriptions,
        List<Reversal> reversals,
        UsageOfBatch usage,
        long unverified,
        boolean ended) {}
