package io.streamsync.billing.credit;

import io.streamsync.billing.stream.Heard;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// For how long streams have been silent while they could have been heard. Counted from look to look on the
/// monotonic clock, so that neither a clock that jumps nor a database or a service that was away makes a living
/// router seem lost. Begins where the instances before it ended, and counts by itself from there: those that
/// look at the same time are not added up. Belongs to one thread.
final class Silence {

    private final Duration limit;
    private final long countsAtMost;
    private final Map<Heard, Observed> streams = new HashMap<>();

    /// @param limit whatever is silent for longer is lost
    /// @param look what lies between two looks; a longer pause counts as twice this
    Silence(Duration limit, Duration look) {
        this.limit = limit;
        countsAtMost = 2 * look.toNanos();
    }

    /// @param heard of all streams that matter
    /// @param kept what was counted of them, by whomever
    /// @param now on the monotonic clock
    /// @return for how long each has been silent
    Map<Heard, Duration> observe(Collection<Heard> heard, Map<Heard, Duration> kept, long now) {
        var next = new HashMap<Heard, Observed>();
        for (var one : heard) {
            var before = streams.get(one);
            var silent = before == null
                    ? kept.getOrDefault(one, Duration.ZERO).toNanos()
                    : before.silent + Math.min(now - before.lookedAt, countsAtMost);
            next.put(one, new Observed(silent, now));
        }
        streams.clear();
        streams.putAll(next);
        return next.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> Duration.ofNanos(one.getValue().silent)));
    }

    boolean isTooLong(Duration silent) {
        return silent.compareTo(limit) > 0;
    }

    private record Observed(long silent, long lookedAt) {}
}
