package io.streamsync.reputation.observation;

import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.score.ComparedAnswer;
import io.streamsync.protocol.score.RaceComparisons;
import io.streamsync.reputation.outlier.ComparedAnswers;
import io.streamsync.reputation.score.Observations;
import io.streamsync.reputation.score.Scores;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Takes frames in, each record once, and moves the scores in the same transaction. Reputation is not money: what is
/// missing, and a verdict that cannot be read, is reported, and the stream goes on. Other records are billing's to
/// read.
@Service
class RaceIntake {

    private final RouterStreams streams;
    private final Scores scores;
    private final ComparedAnswers answers;
    private final ObservationLog log;
    private final InstantSource clock;

    RaceIntake(RouterStreams streams, Scores scores, ComparedAnswers answers, ObservationLog log, InstantSource clock) {
        this.streams = streams;
        this.scores = scores;
        this.answers = answers;
        this.log = log;
        this.clock = clock;
    }

    @Transactional
    public void take(List<Frame> frames) {
        var positions = new TreeMap<RouterStream, Long>();
        frames.forEach(frame -> positions.put(RouterStream.of(frame), 0L));
        positions.replaceAll((stream, _) -> streams.lockNext(stream));
        var seen = new ArrayList<Evidence>();
        for (var frame : frames) {
            var expected = positions.getOrDefault(RouterStream.of(frame), 0L);
            if (frame.next() > expected) {
                seen.addAll(evidence(frame, expected));
                positions.put(RouterStream.of(frame), frame.next());
            }
        }
        positions.forEach(streams::advance);
        scores.observe(seen.stream().map(Evidence::observations).toList());
        answers.add(seen.stream().flatMap(one -> one.compared().stream()).toList());
    }

    private List<Evidence> evidence(Frame frame, long expected) {
        if (frame.first() > expected) {
            log.gap(frame, expected);
        }
        var seen = new ArrayList<Evidence>();
        for (long position = Math.max(expected, frame.first()); position < frame.next(); position++) {
            try {
                var record = frame.records().get(Math.toIntExact(position - frame.first()));
                StreamRecords.verified(record).map(this::shown).ifPresent(seen::add);
            } catch (RuntimeException unreadable) {
                log.recordUnreadable(frame, position, unreadable);
            }
        }
        return seen;
    }

    private Evidence shown(Verified race) {
        return new Evidence(new Observations(time(race), RaceObservations.of(race)), RaceComparisons.of(race));
    }

    /// The race's own time, however long the frame was under way, but never one to come: a router's clock may be wrong.
    private Instant time(Verified race) {
        return Instant.ofEpochMilli(Math.clamp(race.occurredAt(), 0, clock.millis()));
    }

    /// What one race shows.
    private record Evidence(Observations observations, List<ComparedAnswer> compared) {}
}
