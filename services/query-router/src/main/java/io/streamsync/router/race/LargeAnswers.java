package io.streamsync.router.race;

import io.streamsync.protocol.draw.RandomNumbers.Label;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answers of one race that are too long to be held (decision 24). Belongs to the race's loop.
final class LargeAnswers {

    /// They are compared in full one time in so many (protocol, Verification).
    private static final int SAMPLE = 16;

    private final Lineup lineup;
    private final List<PlaceRun> places;
    private @Nullable Boolean sampled;

    /// @param places of the race, also those to come
    LargeAnswers(Lineup lineup, List<PlaceRun> places) {
        this.lineup = lineup;
        this.places = places;
    }

    /// Whether this race's are compared in full, by the race's own numbers.
    boolean areSampled() {
        if (sampled == null) {
            sampled = lineup.random().below(Label.SAMPLE, SAMPLE) == 0;
        }
        return sampled;
    }

    /// Once somebody has won, the others' are read for their hashes.
    ///
    /// @param end null while nobody has
    void hash(@Nullable RaceEnd end) {
        if (end == null || end.isUnanswered()) {
            return;
        }
        for (var place : places) {
            if (place.large() != null && place != end.winner()) {
                place.large().answer().hash();
            }
        }
    }

    boolean areUnderWay() {
        for (var place : places) {
            if (isUnderWay(place)) {
                return true;
            }
        }
        return false;
    }

    static boolean isUnderWay(@Nullable PlaceRun place) {
        return place != null && place.large() != null && !place.large().isOver();
    }

    /// Nobody wants what has not come by now, but a winner's customer who still reads.
    void abandonBut(@Nullable PlaceRun winner) {
        for (var place : places) {
            if (place.large() != null && place != winner) {
                place.large().answer().abandon();
            }
        }
    }
}
