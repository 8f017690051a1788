package io.streamsync.router.race;

import io.streamsync.protocol.draw.Placed;
import io.streamsync.protocol.draw.Stages;
import java.time.Duration;
import java.util.List;

/// Whom a race asks at once, and whom and when later, by the customer's wish `n+m`. Belongs to the race's loop.
final class Staging {

    private final Lineup lineup;
    private final Stages stages;
    private List<Placed> later;

    Staging(Lineup lineup) {
        this.lineup = lineup;
        this.stages = Stages.of(
                lineup.drawn(), lineup.method(), lineup.query().terms().draw());
        this.later = stages.later();
    }

    List<Placed> first() {
        return stages.first();
    }

    boolean hasLater() {
        return !later.isEmpty();
    }

    /// Those who were held back, once.
    List<Placed> takeLater() {
        var taken = later;
        later = List.of();
        return taken;
    }

    /// The method's usual latency, but not so much that the others could not keep the race's SLA any more: half of it
    /// is theirs.
    Duration delay(UsualLatencies usual) {
        var delay = usual.of(lineup.method().name());
        if (lineup.method().heavy()) {
            return delay;
        }
        var half = Duration.ofMillis(slaMillis()).dividedBy(2);
        return delay.compareTo(half) < 0 ? delay : half;
    }

    private int slaMillis() {
        var guaranteed = later.stream()
                .mapToInt(placed -> placed.ask().guaranteedLatencyMs())
                .min()
                .orElse(Integer.MAX_VALUE);
        return lineup.query().terms().draw().maxLatencyMs().orElse(guaranteed);
    }
}
