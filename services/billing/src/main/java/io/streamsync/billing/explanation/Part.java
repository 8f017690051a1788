package io.streamsync.billing.explanation;

import io.streamsync.billing.archive.ArchivedRace;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.fee.FeeSplit;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// An operator's part in a race.
///
/// @param place null where its node was drawn and could not be used
/// @param result `won`, `lost`, `checked` or `skipped`
/// @param reason why it lost or was skipped, what its check said; null where it won
/// @param latencyMicros of its answer, or -1
record Part(
        NodeId nodeId,
        @Nullable Place place,
        String result,
        @Nullable String reason,
        long latencyMicros) {

    /// @throws IllegalArgumentException when the operator was not drawn
    static Part of(OperatorId operator, ArchivedRace race) {
        var asked = race.answered().asked();
        var index = IntStream.range(0, asked.places().size())
                .filter(one -> asked.places().get(one).operatorId().equals(operator))
                .findFirst();
        return index.isPresent() ? asked(index.getAsInt(), race) : skipped(operator, race);
    }

    private static Part skipped(OperatorId operator, ArchivedRace race) {
        var skipped = race.answered().asked().skipped().stream()
                .filter(one -> one.operatorId().equals(operator))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not drawn: " + operator));
        return new Part(skipped.nodeId(), null, "skipped", skipped.reason().name(), -1);
    }

    private static Part asked(int index, ArchivedRace race) {
        var asked = race.answered().asked().places().get(index);
        var outcome = race.answered().outcome();
        var verified = race.verified();
        var result = verified == null || index >= verified.results().size()
                ? null
                : verified.results().get(index);
        if (index == outcome.winner()) {
            return new Part(asked.nodeId(), asked.place(), "won", null, winningMicros(race));
        }
        var checks = asked.place() == Place.CHECKING || asked.place() == Place.SHADOW;
        return new Part(
                asked.nodeId(),
                asked.place(),
                checks ? "checked" : "lost",
                reason(result, checks, winningMicros(race)),
                result == null ? -1 : result.latencyMicros());
    }

    /// The latency of the winner's own answer; the race's, with the router's own time in it, while the other is not
    /// known; -1 when nobody won.
    static long winningMicros(ArchivedRace race) {
        var winner = race.answered().outcome().winner();
        var verified = race.verified();
        if (winner < 0) {
            return -1;
        }
        return verified == null || winner >= verified.results().size()
                ? race.answered().outcome().latencyMicros()
                : verified.results().get(winner).latencyMicros();
    }

    /// @param winning the winner's latency; -1 when nobody won
    private static String reason(@Nullable Result result, boolean checks, long winning) {
        if (result == null) {
            return "PENDING";
        }
        if (result.outcome() == null) {
            return "SILENT";
        }
        if (result.outcome() == PlaceOutcome.FAILURE) {
            return "FAILED";
        }
        if (checks) {
            return result.verdict().name();
        }
        return winning < 0 || result.latencyMicros() < winning ? "NOT_ACCEPTED" : "SLOWER";
    }

    /// What of the race's fee is this operator's.
    long earned(FeeSplit split, ArchivedRace race) {
        if (result.equals("won")) {
            return split.operator();
        }
        var verified = race.verified();
        var agreed = place == Place.CHECKING && Verdict.AGREES.name().equals(reason);
        return agreed && verified != null && verified.status() == RaceStatus.CONFIRMED
                ? split.perVerifier(agreeing(verified))
                : 0;
    }

    private static int agreeing(Verified verified) {
        return (int) verified.results().stream()
                .filter(one -> one.place() == Place.CHECKING && one.verdict() == Verdict.AGREES)
                .count();
    }
}
