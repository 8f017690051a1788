package io.streamsync.billing.charging;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.archive.RaceRow;
import io.streamsync.billing.archive.VerdictRow;
import io.streamsync.billing.credit.Lease;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.refund.Refund;
import io.streamsync.billing.stream.StreamState;
import io.streamsync.billing.subscription.SubscriptionCharge;
import io.streamsync.billing.usage.UsageOfBatch;
import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.StreamEnded;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verified;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a batch of one stream's records comes to, worked out record by record without looking anything up.
final class Charging {

    /// The year 9999: later times are a router's broken clock, and fit neither calendars nor race ids.
    private static final long LATEST_MILLIS = 253_402_300_799_999L;

    /// A million USDC for one query, a thousand times what an ask may be: sums of a batch stay within 64 bits.
    private static final long HIGHEST_PRICE = 1_000_000 * Amount.NANO;

    private final StreamState stream;
    private final LocalDate postedOn;
    private final Function<String, Optional<Parameters>> parameters;
    private final RaceIds raceIds;
    private final LeaseBook leases;
    private final Map<OperatorId, Account> held = new HashMap<>();
    private final Map<CustomerId, Account> leased = new HashMap<>();
    private final Entries entries = new Entries();
    private final Map<CustomerId, Long> charges = new HashMap<>();
    private final List<RaceRow> races = new ArrayList<>();
    private final List<VerdictRow> verdicts = new ArrayList<>();
    private final List<Refund> refunds = new ArrayList<>();
    private final List<InsuredCharge> insured = new ArrayList<>();
    private final List<SubscriptionCharge> subscriptions = new ArrayList<>();
    private final UsageOfBatch usage;
    private final Verdicts shares;
    private final OpenRaces open;
    private long unverified;
    private @Nullable EpochEnded mark;
    private boolean ended;

    Charging(
            StreamState stream,
            LocalDate postedOn,
            Collection<Lease> leases,
            OpenRaces open,
            Function<String, Optional<Parameters>> parameters,
            RaceIds raceIds,
            Instant closed) {
        usage = new UsageOfBatch(closed);
        shares = new Verdicts(entries, usage, this::held);
        this.stream = stream;
        this.postedOn = postedOn;
        this.parameters = parameters;
        this.raceIds = raceIds;
        this.open = open;
        this.leases = new LeaseBook(stream.id(), leases);
        this.unverified = stream.unverified();
        this.ended = stream.ended();
    }

    ChargedBatch charge(List<PositionedRecord> records) {
        records.forEach(this::take);
        return new ChargedBatch(
                leases.changed(),
                entries,
                charges,
                races,
                verdicts,
                refunds,
                subscriptions,
                insured,
                shares.reversals(),
                usage,
                open,
                unverified,
                mark,
                ended);
    }

    private void take(PositionedRecord positioned) {
        if (ended) {
            throw new StreamBroken("a record after the end of stream " + stream.id());
        }
        if (mark != null) {
            throw new IllegalStateException("a batch ends with the mark of an epoch");
        }
        StreamRecord record = positioned.record();
        switch (record) {
            case Answered answered -> answered(answered, positioned.position());
            case Verified verified -> verified(verified, positioned.position());
            case SubscriptionCharged charged -> subscribed(charged, positioned.position());
            case LeaseClosed closed -> closed(closed);
            case EpochEnded ended -> {
                time(ended.occurredAt());
                mark = ended;
            }
            case StreamEnded _ -> ended();
        }
    }

    private void answered(Answered answered, long position) {
        var race = answered.race();
        var outcome = answered.outcome();
        var at = time(race.occurredAt());
        var address = address(race.sequence());
        var customer = new CustomerId(answered.privatePart().accountId());
        var winner = winner(answered);
        requireSound(answered);
        var inForce = parameters(race.parametersVersion());
        var split = FeeSplit.of(outcome.feeNano(), inForce);
        if (outcome.feeNano() > 0) {
            open.charged(
                    race.sequence(),
                    race.occurredAt() + inForce.verdictDeadline().toMillis());
        }
        var charged = spent(position, answered.privatePart(), outcome.feeNano(), winner, split, Account.VERIFIERS);
        unverified = Math.addExact(unverified, split.verifiers());
        races.add(new RaceRow(
                address,
                at,
                position,
                postedOn,
                customer,
                charged,
                answered.privatePart().batch(),
                answered.privatePart().batchIndex()));
        usage.asked(
                customer,
                at,
                race.method(),
                race.queryClass(),
                winner,
                outcome.priceNano(),
                outcome.feeNano(),
                charged,
                split.operator());
        list(outcome, address, customer, at);
    }

    private void list(Outcome outcome, RaceAddress address, CustomerId customer, Instant at) {
        var reason = outcome.refund();
        if (reason != null) {
            var raceId = raceIds.seal(address, at.toEpochMilli());
            refunds.add(Refund.notCharged(raceId, address, customer, reason, outcome.priceNano(), at));
        }
    }

    /// Nobody verifies a subscription: the verifiers' share is the insurance's at once.
    private void subscribed(SubscriptionCharged charged, long position) {
        var at = time(charged.occurredAt());
        var customer = new CustomerId(charged.privatePart().accountId());
        var inForce = parameters(charged.parametersVersion());
        SubscriptionFee.requireDue(charged, inForce);
        var fee = charged.feeNano();
        var operator = charged.operatorId();
        var split = FeeSplit.of(fee, inForce);
        var taken = spent(position, charged.privatePart(), fee, operator, split, Account.INSURANCE);
        subscriptions.add(new SubscriptionCharge(
                charged.subscriptionId(), customer, charged.method(), operator, at, charged.notifications(), taken));
        usage.subscribed(
                customer,
                at,
                charged.method(),
                charged.queryClass(),
                operator,
                charged.opened(),
                fee,
                split.operator());
    }

    /// @param winner null when nobody earns
    /// @param verifiers where the verifiers' share goes
    /// @return what the customer was charged: nothing when the lease was closed before, and the insurance pays
    private long spent(
            long position, PrivatePart part, long fee, @Nullable OperatorId winner, FeeSplit split, Account verifiers) {
        var customer = new CustomerId(part.accountId());
        var leaseId = part.leaseId();
        if (leaseId == null) {
            return 0;
        }
        var lease = leases.spend(leases.of(leaseId), fee, part.cumulative());
        if (!lease.customer().equals(customer)) {
            throw new StreamBroken("lease " + leaseId + " is not of the customer who asked");
        }
        if (fee == 0 || winner == null) {
            return 0;
        }
        var payer = LeaseBook.isPaidByCustomer(lease)
                ? leased.computeIfAbsent(customer, Account::leased)
                : Account.INSURANCE;
        entries.move(payer, held(winner), split.operator())
                .move(payer, verifiers, split.verifiers())
                .move(payer, Account.STAKERS, split.stakers())
                .move(payer, Account.TREASURY, split.treasury());
        if (!LeaseBook.isPaidByCustomer(lease)) {
            insured.add(new InsuredCharge(position, customer, fee));
            return 0;
        }
        charges.merge(customer, fee, Math::addExact);
        return fee;
    }

    private static void requireSound(Answered answered) {
        var outcome = answered.outcome();
        var fee = outcome.feeNano();
        var chargeable = outcome.winner() >= 0
                && outcome.refund() == null
                && answered.privatePart().leaseId() != null;
        if (outcome.priceNano() < 0 || outcome.priceNano() > HIGHEST_PRICE) {
            throw new StreamBroken("race " + answered.race().sequence() + " has a price that no ask can have");
        }
        if (fee < 0 || fee > outcome.priceNano() || (fee > 0 && !chargeable)) {
            throw new StreamBroken("race " + answered.race().sequence() + " charges a fee that cannot be due");
        }
    }

    private void verified(Verified verified, long position) {
        var at = time(verified.occurredAt());
        verdicts.add(new VerdictRow(verified.sequence(), at, position, postedOn));
        var fee = verified.feeNano();
        if (fee < 0) {
            throw new StreamBroken("race " + verified.sequence() + " was verified with a negative fee");
        }
        if (fee == 0) {
            return;
        }
        var split = FeeSplit.of(fee, parameters(verified.parametersVersion()));
        var insured = open.verified(verified.sequence(), position);
        entries.move(Account.INSURANCE, Account.VERIFIERS, insured);
        unverified = Math.addExact(unverified, insured) - split.verifiers();
        if (unverified < 0) {
            throw new StreamBroken("more fees were verified than answered in stream " + stream.id());
        }
        shares.book(verified, split, at);
    }

    private void closed(LeaseClosed closed) {
        var lease = leases.spend(leases.of(closed.leaseId()), 0, closed.cumulative());
        if (lease.open()) {
            giveBack(lease);
        }
    }

    /// Races whose verdict the router took with it count as UNVERIFIED.
    private void ended() {
        leases.open().forEach(this::giveBack);
        shares.unclaimed(unverified);
        unverified = 0;
        ended = true;
    }

    private void giveBack(Lease lease) {
        leases.close(lease);
        entries.move(Account.leased(lease.customer()), Account.available(lease.customer()), lease.unposted());
    }

    private static @Nullable OperatorId winner(Answered answered) {
        var winner = answered.outcome().winner();
        return winner < 0 ? null : answered.asked().places().get(winner).operatorId();
    }

    private Parameters parameters(String version) {
        return parameters
                .apply(version)
                .orElseThrow(() -> new StreamBroken("parameters of version " + version + " are not known here"));
    }

    private RaceAddress address(long sequence) {
        return new RaceAddress(stream.id().router(), stream.id().incarnation(), sequence);
    }

    private Account held(OperatorId operator) {
        return held.computeIfAbsent(operator, Account::held);
    }

    private static Instant time(long millis) {
        if (millis < 0 || millis > LATEST_MILLIS) {
            throw new StreamBroken("a record of no time: " + millis);
        }
        return Instant.ofEpochMilli(millis);
    }
}
