package io.streamsync.protocol.record;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import java.util.ArrayList;
import java.util.List;

/// VERIFIED in bytes; all of it is public.
final class VerifiedBytes {

    private static final RaceStatus[] STATUSES = RaceStatus.values();
    private static final QueryClass[] QUERY_CLASSES = QueryClass.values();
    private static final Place[] PLACES = Place.values();
    private static final PlaceOutcome[] OUTCOMES = PlaceOutcome.values();
    private static final Verdict[] VERDICTS = Verdict.values();
    private static final Reason[] REASONS = Reason.values();

    /// The first format version with reasons.
    static final int WITH_REASONS = 2;

    private VerifiedBytes() {}

    /// Of what no place says a reason, the bytes are those of the first version.
    static int version(Verified verified) {
        return verified.results().stream().allMatch(result -> result.reason() == null)
                ? RecordParts.VERSION
                : WITH_REASONS;
    }

    static void write(ByteWriter out, Verified verified) {
        var hasReasons = version(verified) == WITH_REASONS;
        out.u48(verified.sequence());
        out.i64(verified.occurredAt());
        out.text(verified.method());
        out.choice(verified.queryClass());
        out.text(verified.parametersVersion());
        out.choice(verified.status());
        out.i64(verified.feeNano());
        out.flag(verified.unvoted());
        out.count8(verified.results().size());
        for (var result : verified.results()) {
            out.text(result.nodeId().value());
            out.text(result.operatorId().value());
            out.choice(result.place());
            out.i64(result.latencyMicros());
            out.optionalChoice(result.outcome());
            out.choice(result.verdict());
            out.i64(result.slot());
            out.flag(result.counts());
            if (hasReasons) {
                out.optionalChoice(result.reason());
            }
        }
        if (verified.answerHash() != null) {
            out.hex(verified.answerHash(), Sha256.LENGTH);
        }
    }

    static Verified read(ByteReader in, int version) {
        return new Verified(
                in.u48(),
                in.i64(),
                in.repeatedText(),
                in.choice(QUERY_CLASSES),
                in.repeatedText(),
                in.choice(STATUSES),
                in.i64(),
                in.flag(),
                readResults(in, version == WITH_REASONS),
                in.isAtEnd() ? null : in.hex(Sha256.LENGTH));
    }

    private static List<Result> readResults(ByteReader in, boolean hasReasons) {
        var results = new ArrayList<Result>();
        for (var left = in.u8(); left > 0; left--) {
            results.add(new Result(
                    in.nodeId(),
                    in.operatorId(),
                    in.choice(PLACES),
                    in.i64(),
                    in.optionalChoice(OUTCOMES),
                    in.choice(VERDICTS),
                    in.i64(),
                    in.flag(),
                    hasReasons ? in.optionalChoice(REASONS) : null));
        }
        return results;
    }
}
