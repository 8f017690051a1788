package io.streamsync.reputation.observation;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Instant;
import java.util.List;

/// Verified races for tests. Operator `a` has the node `a-1`, and so on.
public final class Races {

    public static final long SLOT = 1_000;

    private Races() {}

    public static Verified race(RaceStatus status, Result... results) {
        return race(Instant.parse("2026-11-22T12:00:00Z"), status, false, results);
    }

    public static Verified race(Instant at, RaceStatus status, Result... results) {
        return race(at, status, false, results);
    }

    public static Verified unvoted(RaceStatus status, Result... results) {
        return race(Instant.parse("2026-11-22T12:00:00Z"), status, true, results);
    }

    private static Verified race(Instant at, RaceStatus status, boolean unvoted, Result... results) {
        return new Verified(
                0,
                at.toEpochMilli(),
                "getBalance",
                QueryClass.LOOKUP,
                "default",
                status,
                4_000,
                unvoted,
                List.of(results));
    }

    public static Result racing(String operator, Verdict verdict, long latencyMs) {
        return answer(operator, Place.RACING, verdict, latencyMs, SLOT);
    }

    public static Result checking(String operator, Verdict verdict, long latencyMs) {
        return answer(operator, Place.CHECKING, verdict, latencyMs, SLOT);
    }

    public static Result answer(String operator, Place place, Verdict verdict, long latencyMs, long slot) {
        return new Result(
                node(operator),
                new OperatorId(operator),
                place,
                latencyMs * 1_000,
                PlaceOutcome.ANSWER,
                verdict,
                slot,
                true);
    }

    public static Result failure(String operator, boolean counts) {
        return new Result(
                node(operator),
                new OperatorId(operator),
                Place.RACING,
                -1,
                PlaceOutcome.FAILURE,
                Verdict.FAILED,
                -1,
                counts);
    }

    public static Result silence(String operator) {
        return new Result(node(operator), new OperatorId(operator), Place.RACING, -1, null, Verdict.LATE, -1, false);
    }

    /// The same race about another method.
    public static Verified about(String method, Verified race) {
        return new Verified(
                race.sequence(),
                race.occurredAt(),
                method,
                race.queryClass(),
                race.parametersVersion(),
                race.status(),
                race.feeNano(),
                race.unvoted(),
                race.results());
    }

    public static NodeId node(String operator) {
        return new NodeId(operator + "-1");
    }
}
