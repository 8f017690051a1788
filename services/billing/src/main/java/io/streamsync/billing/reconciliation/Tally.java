package io.streamsync.billing.reconciliation;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What records come to, worked out a second time: per owner of accounts, and per hour of usage. Shares nothing with
/// what posts them but the protocol's split.
final class Tally {

    static final String VERIFIERS = "pool:verifiers";
    static final String STAKERS = "pool:stakers";
    static final String TREASURY = "pool:treasury";
    static final String INSURANCE = "protocol:insurance";

    private final Exceptions exceptions;
    private final Function<String, Optional<Parameters>> parameters;
    private final Map<String, Long> owners = new HashMap<>();
    private final Map<Instant, Hour> hours = new HashMap<>();
    private long unverified;
    private long substituted;

    /// @param unverified verifiers' shares that waited for their verdict before
    Tally(Exceptions exceptions, Function<String, Optional<Parameters>> parameters, long unverified) {
        this.exceptions = exceptions;
        this.parameters = parameters;
        this.unverified = unverified;
    }

    /// What lapsed by the clock is no part of what the record booked.
    void take(long position, StreamRecord record) {
        unverified -= exceptions.lapsedBefore(position);
        switch (record) {
            case Answered answered -> answered(position, answered);
            case Verified verified -> verified(position, verified);
            case SubscriptionCharged charged -> subscribed(position, charged);
            case StreamRecord.EpochEnded _ -> lapsed(exceptions.lapsedAt(position));
            case StreamRecord.StreamEnded _ -> lapsed(unverified);
            case StreamRecord.LeaseClosed _ -> {} // moves between accounts of one owner
        }
    }

    /// What each owner gained; zero is left out. Of a fee that is given back each pool gives its own share.
    Map<String, Long> owners() {
        owners.values().removeIf(nano -> nano == 0);
        return owners;
    }

    Map<Instant, Hour> hours() {
        return hours;
    }

    long unverified() {
        return unverified;
    }

    /// So much of what the stakers' pool gives back here insurance, and for it treasury, may give instead: they
    /// stand in for what has been shared out.
    long substituted() {
        return substituted;
    }

    static String customer(String accountId) {
        return "customer:" + accountId;
    }

    private void answered(long position, Answered answered) {
        var outcome = answered.outcome();
        var fee = outcome.feeNano();
        var price = outcome.priceNano();
        var insured = exceptions.isInsured(position);
        var hour = hour(answered.race().occurredAt());
        var split = FeeSplit.of(fee, parameters(answered.race().parametersVersion()));
        hour(hour, new Hour(1, price, price - (insured ? 0 : fee), 0, 0, 0, 0, 0));
        if (outcome.winner() >= 0) {
            var winner =
                    answered.asked().places().get(outcome.winner()).operatorId().value();
            hour(hour, new Hour(0, 0, 0, 1, 0, price, price - fee, split.operator()));
            charge(insured, answered.privatePart().accountId(), winner, fee, split);
            add(VERIFIERS, split.verifiers());
            unverified = Math.addExact(unverified, split.verifiers());
        }
    }

    private void subscribed(long position, SubscriptionCharged charged) {
        var fee = charged.feeNano();
        var split = FeeSplit.of(fee, parameters(charged.parametersVersion()));
        var queries = charged.opened() ? 1 : 0;
        hour(hour(charged.occurredAt()), new Hour(queries, fee, 0, queries, 0, fee, 0, split.operator()));
        charge(
                exceptions.isInsured(position),
                charged.privatePart().accountId(),
                charged.operatorId().value(),
                fee,
                split);
        add(INSURANCE, split.verifiers());
    }

    private void charge(boolean insured, String accountId, String operator, long fee, FeeSplit split) {
        add(insured ? INSURANCE : customer(accountId), -fee);
        add(operator(operator), split.operator());
        add(STAKERS, split.stakers());
        add(TREASURY, split.treasury());
    }

    private void verified(long position, Verified verified) {
        var fee = verified.feeNano();
        if (fee == 0) {
            return;
        }
        var returned = exceptions.returnedAt(position);
        lapsed(-returned);
        var split = FeeSplit.of(fee, parameters(verified.parametersVersion()));
        unverified -= split.verifiers();
        add(VERIFIERS, -split.verifiers());
        switch (verified.status()) {
            case CONFIRMED, UPHELD -> checked(verified, split);
            case UNVERIFIED, INCONCLUSIVE, DISPUTED, PENDING -> add(INSURANCE, split.verifiers());
            case CONTRADICTED, CONVICTED, NO_ANSWER -> reversed(verified, split);
        }
    }

    private void checked(Verified verified, FeeSplit split) {
        var agreeing = verified.results().stream()
                .filter(result -> result.place() == Place.CHECKING && result.verdict() == Verdict.AGREES)
                .toList();
        var each = agreeing.isEmpty() ? 0 : split.perVerifier(agreeing.size());
        for (var result : agreeing) {
            add(operator(result.operatorId().value()), each);
            hour(hour(verified.occurredAt()), new Hour(0, 0, 0, 0, 1, 0, 0, each));
        }
        add(agreeing.isEmpty() ? INSURANCE : TREASURY, split.verifiers() - each * agreeing.size());
    }

    private void reversed(Verified verified, FeeSplit split) {
        var payer = exceptions.payerOf(verified.sequence());
        var winner = verified.results().stream()
                .filter(result -> result.verdict() == Verdict.WINS)
                .map(result -> result.operatorId().value())
                .findFirst()
                .orElse("");
        add(payer.isEmpty() ? INSURANCE : customer(payer), verified.feeNano());
        add(operator(winner), -split.operator());
        add(STAKERS, -split.stakers());
        add(TREASURY, -split.treasury());
        substituted = Math.addExact(substituted, split.stakers());
        hour(
                hour(verified.occurredAt()),
                new Hour(
                        0,
                        0,
                        payer.isEmpty() ? 0 : verified.feeNano(),
                        0,
                        0,
                        0,
                        verified.feeNano(),
                        -split.operator()));
    }

    /// @param nano from the verifiers to the insurance; below zero where a late verdict takes it back
    private void lapsed(long nano) {
        unverified -= nano;
        add(VERIFIERS, -nano);
        add(INSURANCE, nano);
    }

    private void add(String owner, long nano) {
        owners.merge(owner, nano, Math::addExact);
    }

    private void hour(Instant hour, Hour more) {
        hours.merge(hour, more, Hour::plus);
    }

    private Parameters parameters(String version) {
        return parameters.apply(version).orElseThrow();
    }

    private static String operator(String id) {
        return "operator:" + id;
    }

    private static Instant hour(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.HOURS);
    }

    /// What the records do not say themselves.
    interface Exceptions {

        /// Whether the insurance paid the charge at that position.
        boolean isInsured(long position);

        /// Which account paid for the race; empty where the insurance did.
        String payerOf(long sequence);

        /// The shares that lapsed at that mark.
        long lapsedAt(long position);

        /// The shares that lapsed by the clock when all before that position was posted.
        long lapsedBefore(long position);

        /// The share that the verdict at that position took back from the insurance.
        long returnedAt(long position);
    }

    /// Sums of usage, over all customers and over all operators. What late answers would have cost counts, too:
    /// that may come to more than 64 bits.
    record Hour(
            long queries,
            BigDecimal charged,
            BigDecimal refunded,
            long wins,
            long checks,
            BigDecimal operatorsCharged,
            BigDecimal operatorsBack,
            long earned) {

        static final Hour NOTHING = new Hour(0, 0, 0, 0, 0, 0, 0, 0);

        Hour(
                long queries,
                long charged,
                long refunded,
                long wins,
                long checks,
                long operatorsCharged,
                long operatorsBack,
                long earned) {
            this(
                    queries,
                    BigDecimal.valueOf(charged),
                    BigDecimal.valueOf(refunded),
                    wins,
                    checks,
                    BigDecimal.valueOf(operatorsCharged),
                    BigDecimal.valueOf(operatorsBack),
                    earned);
        }

        Hour plus(Hour other) {
            return new Hour(
                    queries + other.queries,
                    charged.add(other.charged),
                    refunded.add(other.refunded),
                    wins + other.wins,
                    checks + other.checks,
                    operatorsCharged.add(other.operatorsCharged),
                    operatorsBack.add(other.operatorsBack),
                    Math.addExact(earned, other.earned));
        }
    }
}
