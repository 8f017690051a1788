package io.streamsync.router.race;

import io.streamsync.protocol.market.SolanaMethod.Delivery;
import java.time.Duration;

/// A racer that is just behind what the customer needs is asked once more in a moment, instead of failing the query.
final class Laggards {

    private final Race race;
    private final RaceTrack track;
    private final Lineup lineup;

    Laggards(Race race, RaceTrack track, Lineup lineup) {
        this.race = race;
        this.track = track;
        this.lineup = lineup;
    }

    /// @return whether the place is asked once more, and what it said does not count
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the race, or does nothing
    boolean hold(PlaceRun place, Reading reading) {
        var needed = lineup.bounds().needed();
        if (!race.isRacing()
                || !reading.isBehind(needed)
                || !place.placed().place().races()
                || lineup.method().delivery() != Delivery.RACE) {
            return false;
        }
        var missing = reading.missing(needed);
        if (missing > track.parameters().slotLag() || !place.hold(reading.saysSo())) {
            return false;
        }
        place.tellTip(reading.answer());
        race.after(pause(missing), () -> askOnceMore(place));
        return true;
    }

    /// Three quarters of what the slots take: better to ask once more than to come late.
    private Duration pause(long slots) {
        return track.parameters().slotTime().multipliedBy(3 * slots).dividedBy(4);
    }

    private void askOnceMore(PlaceRun place) {
        if (race.isRacing()) {
            race.guarded(() -> place.ask(true));
        } else {
            place.replied(new Reading(Reading.BEHIND, null));
        }
    }
}
