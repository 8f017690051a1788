package io.streamsync.router.race;

import io.streamsync.protocol.draw.RandomNumbers.Label;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.router.verification.Evidence;
import io.streamsync.router.verification.Evidence.Weight;
import io.streamsync.router.verification.Statement;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/// The end of a race: what every place has said by now becomes the last record.
final class Conclusion {

    /// Large answers are compared one time in so many (protocol, Verification).
    private static final int LARGE_SAMPLE = 16;

    private final Race race;
    private final RaceEnd end;
    private final List<Statement> statements;
    private final long occurredAt;

    Conclusion(Race race, RaceEnd end) {
        this.race = race;
        this.end = end;
        this.statements = race.places().stream().map(PlaceRun::statement).toList();
        this.occurredAt = race.track().clock().millis();
    }

    /// Comparing costs as much as the answers are long: large ones are compared away from the loop.
    void write() {
        var large = statements.stream().anyMatch(this::isLarge);
        var weight = weight(large);
        if (!large || weight == Weight.NOT_COMPARED || !writeElsewhere(weight)) {
            write(large ? Weight.NOT_COMPARED : weight);
        }
    }

    private boolean writeElsewhere(Weight weight) {
        try {
            race.track().comparisons().execute(() -> write(weight));
            return true;
        } catch (RejectedExecutionException stopping) {
            return false;
        }
    }

    private Weight weight(boolean large) {
        if (large && race.lineup().random().below(Label.SAMPLE, LARGE_SAMPLE) != 0) {
            return Weight.NOT_COMPARED;
        }
        var drawn = race.lineup().drawn();
        return drawn.checked() && !drawn.unvoted() ? Weight.VOTES : Weight.SHOWN;
    }

    private boolean isLarge(Statement statement) {
        var answer = statement.answer();
        return answer != null
                && answer.body().length > race.track().parameters().largeAnswer();
    }

    private void write(Weight weight) {
        try {
            record(evidence(weight));
        } finally {
            release();
        }
    }

    /// What is charged waits for this record: it goes also into a journal that is full since.
    private void record(Evidence evidence) {
        var entry = new VerifiedEntry(verified(evidence), race.track().open());
        if (!race.track().journal().appendMark(entry)) {
            entry.lost();
        }
    }

    /// A comparison that breaks leaves the race unverified, not without an end.
    private Evidence evidence(Weight weight) {
        var compared = race.lineup().compared();
        var winner = end.outcome().winner();
        try {
            return Evidence.of(compared, statements, winner, weight);
        } catch (RuntimeException e) {
            race.log().raceFailed(race.lineup().address().sequence(), e);
            return Evidence.of(compared, statements, winner, Weight.NOT_COMPARED);
        }
    }

    private void release() {
        for (var place = 0; place < statements.size(); place++) {
            var answer = statements.get(place).answer();
            if (place == end.outcome().winner()) {
                end.compared();
            } else if (answer != null) {
                race.track().nodes().release(answer.body());
            }
        }
    }

    private Verified verified(Evidence evidence) {
        var lineup = race.lineup();
        return new Verified(
                lineup.address().sequence(),
                occurredAt,
                lineup.method().name(),
                lineup.method().queryClass(),
                race.track().parameters().version(),
                evidence.status(),
                end.outcome().feeNano(),
                lineup.drawn().unvoted(),
                evidence.results());
    }
}
