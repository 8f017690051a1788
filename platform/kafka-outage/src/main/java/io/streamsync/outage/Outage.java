package io.streamsync.outage;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Since when Kafka has been away, and what is to be said of it.
final class Outage {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private boolean lasts;
    private long since;
    private long latest;
    private long told;

    /// @param nanos a clock that never goes back
    Outage(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized boolean lasts() {
        return lasts && !isForgotten(nanos.getAsLong());
    }

    /// @return what to tell at the beginning, and once a minute after
    synchronized Optional<String> unreachable(String message) {
        var now = nanos.getAsLong();
        var begins = !lasts || isForgotten(now);
        latest = now;
        if (begins) {
            lasts = true;
            since = now;
            told = now;
            return Optional.of("Kafka is away: " + message);
        }
        if (now - told < MINUTE) {
            return Optional.empty();
        }
        told = now;
        return Optional.of("Kafka has been away for " + seconds(now) + " s: " + message);
    }

    /// @return what to tell of the first client that is back
    synchronized Optional<String> reached(String message) {
        if (!lasts) {
            return Optional.empty();
        }
        lasts = false;
        return Optional.of("Kafka is back after " + seconds(nanos.getAsLong()) + " s: " + message);
    }

    /// A node of several may be back without a word: whoever does not reach it says so more than once a minute.
    private boolean isForgotten(long now) {
        return now - latest > MINUTE;
    }

    private long seconds(long now) {
        return Duration.ofNanos(now - since).toSeconds();
    }
}
