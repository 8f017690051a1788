package io.streamsync.billing.reconciliation;

import io.streamsync.billing.archive.Frames;
import io.streamsync.billing.parameters.ParameterVersions;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/// Works out from archived frames what they come to.
@Component
class FrameReplay {

    /// As objects some 10 MB.
    private static final int FRAMES_AT_ONCE = 40;

    private final Frames frames;
    private final ReplayRows rows;
    private final ParameterVersions parameters;

    FrameReplay(Frames frames, ReplayRows rows, ParameterVersions parameters) {
        this.frames = frames;
        this.rows = rows;
        this.parameters = parameters;
    }

    /// @param unverified verifiers' shares that waited for their verdict where this starts
    /// @return what all records from one position to another come to, and what is wrong with the frames themselves
    Replayed replay(StreamId stream, long from, long to, long unverified) {
        var exceptions = rows.exceptions(stream, from, to);
        var tally = new Tally(exceptions, parameters::find, unverified);
        var wrong = new ArrayList<String>();
        var lapsed = exceptions.lapsedBefore(to);
        var at = from;
        while (at < to) {
            var page = frames.from(stream.router(), stream.incarnation(), at, FRAMES_AT_ONCE);
            if (page.isEmpty()) {
                wrong.add("stream " + stream + " has no frame at " + at + ", but is posted to " + to);
                return new Replayed(tally, lapsed, wrong);
            }
            exceptions.prepare(reversed(page));
            for (var frame : page) {
                if (frame.first() != at) {
                    wrong.add("stream " + stream + " has no frame at " + at);
                    return new Replayed(tally, lapsed, wrong);
                }
                for (var record : frame.records()) {
                    tally.take(at++, StreamRecords.decode(record));
                }
                if (at >= to) {
                    break;
                }
            }
        }
        return new Replayed(tally, lapsed, wrong);
    }

    private static List<Long> reversed(List<Frame> page) {
        var sequences = new ArrayList<Long>();
        for (var frame : page) {
            for (var record : frame.records()) {
                if (StreamRecords.decode(record) instanceof StreamRecord.Verified verified && isReversal(verified)) {
                    sequences.add(verified.sequence());
                }
            }
        }
        return sequences;
    }

    private static boolean isReversal(StreamRecord.Verified verified) {
        return verified.feeNano() > 0
                && switch (verified.status()) {
                    case CONTRADICTED, CONVICTED, NO_ANSWER -> true;
                    case PENDING, CONFIRMED, UNVERIFIED, DISPUTED, UPHELD, INCONCLUSIVE -> false;
                };
    }

    /// @param lapsed by the clock since all of it was posted: the tally has not taken that
    record Replayed(Tally tally, long lapsed, List<String> wrong) {

        /// What waits for verdicts now.
        long unverified() {
            return tally.unverified() - lapsed;
        }

        private static final Set<String> SUBSTITUTES = Set.of(Tally.STAKERS, Tally.INSURANCE, Tally.TREASURY);

        /// Owners whose entries are not what the frames come to.
        List<String> differences(StreamId stream, Map<String, Long> booked) {
            var differences = new ArrayList<>(wrong);
            var more = gained(booked);
            if (isSubstitution(more)) {
                more.keySet().removeAll(SUBSTITUTES);
            }
            more.forEach((owner, nano) -> differences.add("stream " + stream + ": frames give " + owner + " "
                    + tally.owners().getOrDefault(owner, 0L) + ", entries " + booked.getOrDefault(owner, 0L)));
            return differences;
        }

        /// Who has got more by entries than by frames, or less, and how much.
        private Map<String, Long> gained(Map<String, Long> booked) {
            var more = new TreeMap<>(booked);
            tally.owners().forEach((owner, nano) -> more.merge(owner, -nano, Math::addExact));
            more.values().removeIf(nano -> nano == 0);
            return more;
        }

        /// Whether these three only stood in for each other, and in their order: what stakers keep of shares that are
        /// given back the insurance gives, or for it the treasury.
        private boolean isSubstitution(Map<String, Long> more) {
            var stakers = more.getOrDefault(Tally.STAKERS, 0L);
            var insurance = more.getOrDefault(Tally.INSURANCE, 0L);
            var treasury = more.getOrDefault(Tally.TREASURY, 0L);
            return stakers >= 0
                    && stakers <= tally.substituted()
                    && insurance <= 0
                    && treasury <= 0
                    && stakers + insurance + treasury == 0;
        }
    }
}
