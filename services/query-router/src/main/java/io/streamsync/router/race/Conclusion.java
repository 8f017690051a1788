package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.router.verification.Evidence;
import io.streamsync.router.verification.Evidence.Weight;
import io.streamsync.router.verification.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// The end of a race: what every place has said by now becomes the last record.
final class Conclusion {

    private final Race race;
    private final RaceEnd end;
    private final List<Statement> statements;
    private final Map<Integer, byte[]> kept;
    private final @Nullable String winnersHash;
    private final long occurredAt;

    Conclusion(Race race, RaceEnd end) {
        this.race = race;
        this.end = end;
        this.statements = race.places().stream().map(PlaceRun::statement).toList();
        this.kept = kept(race.places());
        this.winnersHash = hash(end.winner());
        this.occurredAt = race.track().clock().millis();
    }

    /// Comparing costs as much as the answers are long: large ones are compared away from the loop.
    void write() {
        var held = statements.stream().anyMatch(this::isLarge);
        var weight = weight(held);
        var large = held || isKept();
        if (!large || weight == Weight.NOT_COMPARED || !writeElsewhere(weight)) {
            write(large ? Weight.NOT_COMPARED : weight, statements);
        }
    }

    /// Whether answers that flowed were kept beside, to be compared in full.
    private boolean isKept() {
        return !kept.isEmpty();
    }

    private static Map<Integer, byte[]> kept(List<PlaceRun> places) {
        var kept = new HashMap<Integer, byte[]>();
        for (var place : places) {
            var body = place.large() == null ? null : place.large().takeBody();
            if (body != null) {
                kept.put(place.index(), body);
            }
        }
        return kept;
    }

    private static @Nullable String hash(@Nullable PlaceRun winner) {
        return winner == null || winner.large() == null ? null : winner.large().hash();
    }

    private boolean writeElsewhere(Weight weight) {
        try {
            race.track().comparisons().execute(() -> write(weight, whole()));
            return true;
        } catch (RejectedExecutionException stopping) {
            return false;
        }
    }

    private Weight weight(boolean large) {
        if (large && !race.large().areSampled()) {
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

    /// What each place said, with the answers that were kept; one that cannot be read from end to end is none.
    private List<Statement> whole() {
        var whole = new ArrayList<Statement>(statements.size());
        for (var place = 0; place < statements.size(); place++) {
            var body = kept.get(place);
            whole.add(body == null ? statements.get(place) : whole(statements.get(place), body));
        }
        return whole;
    }

    private Statement whole(Statement statement, byte[] body) {
        var answer = NodeAnswer.parse(
                body, race.lineup().method().name(), race.lineup().nodeId());
        return answer == null ? statement.failed(true, Reason.MALFORMED) : statement.held(answer);
    }

    private void write(Weight weight, List<Statement> said) {
        try {
            record(evidence(weight, said));
        } finally {
            release();
        }
    }

    /// What is charged waits for this record: it goes also into a journal that is full since.
    private void record(Evidence evidence) {
        var entry = new VerifiedEntry(verified(evidence), race.track().open());
        if (!race.track().journal().appendMark(entry, race.loop())) {
            entry.lost();
        }
    }

    /// A comparison that breaks leaves the race unverified, not without an end.
    private Evidence evidence(Weight weight, List<Statement> said) {
        var compared = race.lineup().compared();
        var winner = end.outcome().winner();
        try {
            return Evidence.of(compared, said, winner, weight);
        } catch (RuntimeException e) {
            race.log().raceFailed(race.lineup().address().sequence(), e);
            return Evidence.of(compared, said, winner, Weight.NOT_COMPARED);
        }
    }

    private void release() {
        for (var place = 0; place < statements.size(); place++) {
            var answer = statements.get(place).answer();
            if (place == end.outcome().winner()) {
                end.compared();
            } else if (answer != null) {
                race.release(answer.body());
            }
        }
        kept.values().forEach(race::release);
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
                evidence.results(),
                // of what the customer got
                evidence.status() == RaceStatus.NO_ANSWER ? null : winnersHash);
    }
}
