package io.streamsync.billing.charging;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.archive.VerdictRow;
import io.streamsync.billing.credit.Lease;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.refund.Refund;
import io.streamsync.billing.subscription.SubscriptionCharge;
import io.streamsync.billing.usage.UsageOfBatch;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a batch of records comes to.
///
/// @param entries all that is moved, but for the reversals
/// @param charges per customer, nano-USDC
/// @param refunds of what was never charged
/// @param insured charges that the insurance pays
/// @param reversals of what was; who pays depends on balances that have to be locked
/// @param open the races that wait for their verdict after this batch
/// @param unverified verifiers' shares that wait for VERIFIED after this batch
/// @param mark the end of an epoch, which only a batch's last record tells
/// @param ended whether the stream is over
record ChargedBatch(
        Collection<Lease> leases,
        Entries entries,
        Map<CustomerId, Long> charges,
        List<RaceRow> races,
        List<VerdictRow> verdicts,
        List<Refund> refunds,
        List<SubscriptionCharge> subscriptions,
        List<InsuredCharge> insured,
        List<Reversal> reversals,
        UsageOfBatch usage,
        OpenRaces open,
        long unverified,
        @Nullable EpochEnded mark,
        boolean ended) {}
