package io.streamsync.router.race;

import io.streamsync.protocol.answer.NodeAnswer;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads what the nodes of one race say. Bytes that break a reader are no answer.
final class AnswerReading {

    private final Race race;
    private final RaceTrack track;
    private final Lineup lineup;
    private final SubmittedTransaction submitted;
    private @Nullable NodeAnswer last;

    AnswerReading(Race race, RaceTrack track, Lineup lineup, SubmittedTransaction submitted) {
        this.race = race;
        this.track = track;
        this.lineup = lineup;
        this.submitted = submitted;
    }

    boolean isLarge(byte[] body) {
        return body.length > track.parameters().largeAnswer();
    }

    /// On the loop.
    Reading here(byte[] body) {
        var reading = reading(body, last);
        last = reading.answer();
        return reading;
    }

    /// Elsewhere, so that the loop's other queries do not wait.
    ///
    /// @param then called on the loop
    /// @return false when the router stops, and it is to be read here
    boolean elsewhere(byte[] body, Consumer<Reading> then) {
        try {
            track.comparisons().execute(() -> {
                var reading = reading(body, null);
                race.loop().execute(() -> then.accept(reading));
            });
            return true;
        } catch (RejectedExecutionException stopping) {
            return false;
        }
    }

    /// What the first bytes say of a long answer, which is not held.
    Reading ofHead(byte[] head) {
        try {
            return Reading.ofHead(head, lineup, track.sanity(), track.tips().reach());
        } catch (RuntimeException e) {
            return unreadable(e);
        }
    }

    private Reading reading(byte[] body, @Nullable NodeAnswer earlier) {
        try {
            return Reading.of(
                    body,
                    earlier,
                    lineup,
                    submitted,
                    track.sanity(),
                    track.tips().reach());
        } catch (RuntimeException e) {
            return unreadable(e);
        }
    }

    private Reading unreadable(RuntimeException why) {
        track.log().raceFailed(lineup.address().sequence(), why);
        return Reading.UNREADABLE;
    }
}
