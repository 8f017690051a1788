package io.streamsync.reputation.score;

import java.time.Instant;
import java.util.List;

/// What was seen at one moment, such as in one race.
public record Observations(Instant at, List<Observation> all) {

    public Observations {
        all = List.copyOf(all);
    }
}
