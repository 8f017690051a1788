package io.streamsync.billing.settlement;

import io.streamsync.protocol.parameters.Parameters;
import java.time.Instant;
import org.springframework.stereotype.Component;

/// Finds the window that is sealed next.
@Component
class NextPlace {

    private final Settlements settlements;
    private final Parameters parameters;

    NextPlace(Settlements settlements, Parameters parameters) {
        this.settlements = settlements;
        this.parameters = parameters;
    }

    Place at(Instant now) {
        var place = Place.after(settlements.last().orElse(null), parameters.epoch(), now);
        while (settlements.isSealed(place.epoch())) { // by other parameters
            place = place.next();
        }
        return place;
    }
}
