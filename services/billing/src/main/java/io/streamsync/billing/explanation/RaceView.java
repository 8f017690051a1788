package io.streamsync.billing.explanation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.streamsync.billing.archive.ArchivedRace;
import io.streamsync.billing.refund.Refund;
import io.streamsync.billing.settlement.SettledPlace;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Sla;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the records say of a race, in the form of the public interfaces.
///
/// @param price the winner's ask, also when it was refunded
/// @param split empty when nothing was charged in the end
record RaceView(
        String raceId,
        Instant occurredAt,
        String method,
        String queryClass,
        long epoch,
        String snapshot,
        String parametersVersion,
        String prefer,
        List<Racer> racers,
        @Nullable Winner winner,
        @Nullable Double latencyMs,
        @Nullable Long slot,
        @Nullable SlaView sla,
        String status,
        String price,
        List<Share> split,
        @Nullable RefundView refund,
        String receiptHash,
        @Nullable SettledPlace settlement) {

    /// A VERIFIED that has not come by then was lost with its router (money, Units and ids).
    private static final Duration VERIFIED_WITHIN = Duration.ofMinutes(5);

    static RaceView of(
            String raceId,
            ArchivedRace archived,
            @Nullable Refund refund,
            @Nullable SettledPlace settled,
            Parameters parameters,
            Instant now) {
        var race = archived.answered().race();
        var outcome = archived.answered().outcome();
        return new RaceView(
                raceId,
                archived.row().occurredAt(),
                race.method(),
                race.queryClass().wireName(),
                race.epoch(),
                race.snapshot(),
                race.parametersVersion(),
                race.terms().prefer().name().toLowerCase(Locale.ROOT),
                racers(archived),
                winner(archived),
                outcome.winner() < 0 ? null : millis(outcome.latencyMicros()),
                outcome.slot() < 0 ? null : outcome.slot(),
                SlaView.of(outcome.sla()),
                status(archived, now).name(),
                Amount.decimal(outcome.priceNano()),
                refund == null ? Share.of(archived, parameters) : List.of(),
                RefundView.of(refund),
                archived.receiptHash(),
                settled);
    }

    private static List<Racer> racers(ArchivedRace archived) {
        var verified = archived.verified();
        if (verified != null) {
            return verified.results().stream().map(Racer::of).toList();
        }
        var places = archived.answered().asked().places();
        var outcome = archived.answered().outcome();
        return IntStream.range(0, places.size())
                .mapToObj(index -> index == outcome.winner()
                        ? Racer.won(places.get(index), outcome.latencyMicros())
                        : Racer.pending(places.get(index)))
                .toList();
    }

    static @Nullable Winner winner(ArchivedRace archived) {
        var winner = archived.answered().outcome().winner();
        if (winner < 0) {
            return null;
        }
        var place = archived.answered().asked().places().get(winner);
        return new Winner(place.nodeId().value(), place.operatorId().value());
    }

    static RaceStatus status(ArchivedRace archived, Instant now) {
        var verified = archived.verified();
        if (verified != null) {
            return verified.status();
        }
        if (archived.answered().outcome().winner() < 0) {
            return RaceStatus.NO_ANSWER;
        }
        var waited = Duration.between(archived.row().occurredAt(), now);
        return waited.compareTo(VERIFIED_WITHIN) > 0 ? RaceStatus.UNVERIFIED : RaceStatus.PENDING;
    }

    static double millis(long micros) {
        return micros / 1000.0;
    }

    record Winner(String nodeId, String operatorId) {}

    /// A place that was asked.
    ///
    /// @param reason why it did not win; left out where none was recorded
    record Racer(
            String nodeId,
            String operatorId,
            String place,
            @Nullable Double latencyMs,
            @Nullable String outcome,
            String verdict,
            @JsonInclude(Include.NON_NULL) @Nullable String reason) {

        static Racer of(Result result) {
            return new Racer(
                    result.nodeId().value(),
                    result.operatorId().value(),
                    result.place().wireName(),
                    result.latencyMicros() < 0 ? null : millis(result.latencyMicros()),
                    result.outcome() == null ? null : lower(result.outcome()),
                    lower(result.verdict()),
                    result.reason() == null ? null : result.reason().name());
        }

        static Racer won(AskedPlace place, long latencyMicros) {
            return new Racer(
                    place.nodeId().value(),
                    place.operatorId().value(),
                    place.place().wireName(),
                    millis(latencyMicros),
                    lower(PlaceOutcome.ANSWER),
                    lower(Verdict.WINS),
                    null);
        }

        static Racer pending(AskedPlace place) {
            return new Racer(
                    place.nodeId().value(),
                    place.operatorId().value(),
                    place.place().wireName(),
                    null,
                    null,
                    lower(Verdict.UNJUDGED),
                    null);
        }

        private static String lower(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param of whose SLA it is: `customer` or `operator`
    record SlaView(int maxLatencyMs, String of, boolean met) {

        static @Nullable SlaView of(@Nullable Sla sla) {
            return sla == null
                    ? null
                    : new SlaView(sla.maxLatencyMs(), sla.ofCustomer() ? "customer" : "operator", sla.met());
        }
    }

    record RefundView(String refundId, String reason, String amount) {

        static @Nullable RefundView of(@Nullable Refund refund) {
            return refund == null
                    ? null
                    : new RefundView(refund.id(), refund.reason().name(), Amount.decimal(refund.amount()));
        }
    }
}
