package io.streamsync.router.race;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// How long a race that is won waits for what its last record says: for the others' answers the verification window,
/// for those that began a long one by then as long again as a node may take, and for the end of the winner's a bound
/// that does not ask how slowly its customer reads. Belongs to the race's loop.
final class LateReplies {

    private final Race race;
    private final RaceTrack track;
    private Waiting waiting = Waiting.WINDOW;
    private @Nullable Future<?> timer;

    LateReplies(Race race, RaceTrack track) {
        this.race = race;
        this.track = track;
    }

    private enum Waiting {
        /// For whoever has not answered.
        WINDOW,
        /// For long answers that have begun.
        LOSERS,
        /// For the winner's to end.
        WINNER,
        NOTHING
    }

    void await() {
        var window = track.parameters().verificationWindow();
        timer = race.after(window, () -> over(Waiting.LOSERS, track.parameters().nodeTimeout()));
    }

    /// @param winner null when nobody won
    /// @param allReplied whether nobody's answer is missing, long ones by their first bytes
    boolean areOver(@Nullable PlaceRun winner, boolean allReplied, LargeAnswers large) {
        if (waiting == Waiting.NOTHING) {
            return true;
        }
        if (LargeAnswers.isUnderWay(winner)) {
            return false;
        }
        return switch (waiting) {
            case WINDOW -> winner == null || (allReplied && !large.areUnderWay());
            case LOSERS -> winner == null || !large.areUnderWay();
            case WINNER, NOTHING -> true;
        };
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void over(Waiting next, Duration until) {
        timer = null;
        waiting = next;
        race.verifyWhenAllReplied();
        if (race.isVerifying()) {
            timer = race.after(until, this::later);
        }
    }

    private void later() {
        if (waiting == Waiting.LOSERS) {
            over(Waiting.WINNER, track.flows().slowest());
        } else {
            waiting = Waiting.NOTHING;
            race.verifyWhenAllReplied();
        }
    }
}
