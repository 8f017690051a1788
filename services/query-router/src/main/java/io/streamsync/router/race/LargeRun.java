package io.streamsync.router.race;

import io.streamsync.router.flow.Ending;
import io.streamsync.router.flow.LargeAnswer;
import io.streamsync.router.node.NodeStream;
import io.streamsync.router.verification.Statement;
import org.jspecify.annotations.Nullable;

/// A place's answer that is too long to be held: it waits until the race is decided, then goes to the customer or is
/// read for its hash. The node has it in hand until it ends.
final class LargeRun {

    private final Race race;
    private final PlaceRun place;
    private final LargeAnswer answer;
    private @Nullable Ending ending;
    private boolean isKeptFor = true;

    LargeRun(Race race, PlaceRun place, NodeStream stream) {
        this.race = race;
        this.place = place;
        this.answer = new LargeAnswer(
                stream,
                race.loop(),
                race.track().flows(),
                race.lineup().nodeId(),
                race.large().areSampled(),
                this::ended);
    }

    LargeAnswer answer() {
        return answer;
    }

    boolean isOver() {
        return ending != null;
    }

    /// What the race ends with: all of the answer where it is compared in full and has come. Whoever asks gives its
    /// memory back; what comes after is of no more use.
    byte @Nullable [] takeBody() {
        isKeptFor = false;
        return ending instanceof Ending.Whole whole ? whole.body() : null;
    }

    /// Nobody wants it, nor what of it was kept.
    void forget() {
        answer.abandon();
        giveBack(takeBody());
    }

    @Nullable
    String hash() {
        return ending instanceof Ending.Whole whole ? whole.hash() : null;
    }

    Statement statement(Statement asked) {
        return switch (ending) {
            case Ending.Whole whole -> asked.large(whole.hash());
            case Ending.Broken(var failure) -> {
                var meaning = PlaceRun.meaning(failure);
                yield asked.large(null).failed(meaning.counts(), WhyNot.of(meaning));
            }
            case Ending.Abandoned _ -> asked.large(null);
            case null -> asked.large(null);
        };
    }

    private void ended(Ending how) {
        ending = how;
        place.upstream().done(race.queryClass());
        if (how instanceof Ending.Broken(var failure)) {
            place.brokeOff(failure, PlaceRun.meaning(failure));
        }
        if (!isKeptFor && how instanceof Ending.Whole whole) {
            giveBack(whole.body());
        }
        race.flowed();
    }

    private void giveBack(byte @Nullable [] body) {
        if (body != null) {
            race.release(body);
        }
    }
}
