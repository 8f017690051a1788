package io.streamsync.billing.intake;

import io.streamsync.billing.stream.StreamId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// One partition of `streamsync.races`: how far it has been read, where it stopped, and which streams wait in it.
/// Nothing is skipped: offsets are committed up to the first frame that could not be posted. Streams with a gap are
/// read on, because what they miss comes behind it; then the partition is read again from the gap.
final class PartitionIntake {

    private final int partition;
    private final StreamIntake streams;
    private final IntakeLog log;
    private final Map<StreamId, Gap> gaps = new HashMap<>();

    /// A copy of the gaps: whoever looks how it goes does not wait for a posting.
    private volatile List<Gap> waiting = List.of();

    private volatile @Nullable Stop stop;

    PartitionIntake(int partition, StreamIntake streams, IntakeLog log) {
        this.partition = partition;
        this.streams = streams;
        this.log = log;
    }

    /// Takes in what was polled.
    Step take(List<ConsumerRecord<String, byte[]>> records, Instant now) {
        return take(Polled.decode(records), now);
    }

    synchronized Step take(Polled polled, Instant now) {
        var stopped = polled.unreadable();
        for (var stream : polled.frames().entrySet()) {
            var taken = streams.take(stream.getKey(), stream.getValue());
            note(taken.gap());
            if (taken instanceof Taken.Stopped one && (stopped == null || one.offset() < stopped.offset())) {
                stopped = one;
            }
            if (taken instanceof Taken.Posted posted && filled(stream.getKey(), posted.next())) {
                return rewound(polled.first());
            }
        }
        return stopped == null ? goOn(polled.end()) : stopAt(stopped, now);
    }

    private void note(@Nullable Gap gap) {
        if (gap == null) {
            return;
        }
        if (gaps.merge(gap.stream(), gap, Gap::with).equals(gap)) {
            log.recordsMissing(partition, gap);
        }
        waiting = List.copyOf(gaps.values());
    }

    private boolean filled(StreamId stream, long next) {
        var gap = gaps.get(stream);
        return gap != null && gap.isFilledAt(next);
    }

    /// The missing records came: everything since the first gap is read again, and all of the batch at hand, of which
    /// other streams may not have been taken.
    private Step rewound(long batch) {
        var first = Math.min(batch, firstGap().orElseThrow());
        gaps.clear();
        waiting = List.of();
        log.gapFilled(partition, first);
        return new Step(first, first, false);
    }

    private Step goOn(long end) {
        if (stop != null) {
            stop = null;
            log.partitionGoesOn(partition);
        }
        return new Step(end, Math.min(end, firstGap().orElse(end)), false);
    }

    private Step stopAt(Taken.Stopped stopped, Instant now) {
        var before = stop;
        if (before == null || before.offset() != stopped.offset()) {
            log.partitionStopped(partition, stopped);
        }
        stop = new Stop(stopped.offset(), stopped.reason(), now.plus(stopped.broken() ? Stop.BROKEN : Stop.PASSING));
        return new Step(stopped.offset(), Math.min(stopped.offset(), firstGap().orElse(stopped.offset())), true);
    }

    private OptionalLong firstGap() {
        return gaps.values().stream().mapToLong(Gap::offset).min();
    }

    /// Whether it is time to try again where the partition stopped.
    boolean isDue(Instant now) {
        var current = stop;
        return current != null && !now.isBefore(current.retryAt());
    }

    @Nullable
    Stop stop() {
        return stop;
    }

    Collection<Gap> gaps() {
        return waiting;
    }

    /// @param readFrom the offset to read next
    /// @param commit the offset up to which everything is posted
    record Step(long readFrom, long commit, boolean paused) {}
}
