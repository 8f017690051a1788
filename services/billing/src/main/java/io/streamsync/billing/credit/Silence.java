package io.streamsync.billing.credit;

import io.streamsync.billing.stream.Heard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// For how long routers have been silent while they could have been heard. Counted from look to look on the monotonic
/// clock, so that neither a clock that jumps nor a database or a service that was away makes a living router seem lost.
/// Belongs to one thread.
final class Silence {

    private final long limit;
    private final long countsAtMost;
    private final Map<Integer, Observed> routers = new HashMap<>();

    /// @param limit whoever is silent for longer is lost
    /// @param look what lies between two looks; a longer pause counts as twice this
    Silence(Duration limit, Duration look) {
        this.limit = limit.toNanos();
        countsAtMost = 2 * look.toNanos();
    }

    /// @param heard all routers that matter
    /// @param now on the monotonic clock
    /// @return who is lost
    List<Heard> observe(Collection<Heard> heard, long now) {
        var lost = new ArrayList<Heard>();
        var next = new HashMap<Integer, Observed>();
        for (var one : heard) {
            var observed = observed(one, now);
            next.put(one.stream().router(), observed);
            if (observed.silent > limit) {
                lost.add(one);
            }
        }
        routers.clear();
        routers.putAll(next);
        return lost;
    }

    private Observed observed(Heard one, long now) {
        var before = routers.get(one.stream().router());
        return before == null || !before.seenAt.equals(one.seenAt())
                ? new Observed(one.seenAt(), 0, now)
                : new Observed(one.seenAt(), before.silent + Math.min(now - before.lookedAt, countsAtMost), now);
    }

    private record Observed(Instant seenAt, long silent, long lookedAt) {}
}
