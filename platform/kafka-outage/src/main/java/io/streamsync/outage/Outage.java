package io.streamsync.outage;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Since when Kafka has been away, and what is to be said of it.
final class Outage {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanos;
    private boolean lasts;
    private long since;
    private long latest;

    /// When something was told last; null before anything is.
    private @Nullable Long told;

    /// Whether this outage was told.
    private boolean isTold;

    /// @param nanos a clock that never goes back
    Outage(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized boolean lasts() {
        return lasts && !isForgotten(nanos.getAsLong());
    }

    /// One that comes within a minute of a line is told with the next: where a broker is found, and what it names
    /// is not, Kafka is back and away again with each try.
    ///
    /// @return what to tell at the beginning, and once a minute after
    synchronized Optional<String> unreachable(String message) {
        var now = nanos.getAsLong();
        if (!lasts()) {
            lasts = true;
            since = now;
            isTold = false;
        }
        latest = now;
        if (told != null && now - told < MINUTE) {
            return Optional.empty();
        }
        told = now;
        var away = isTold ? "Kafka has been away for " + seconds(now) + " s: " : "Kafka is away: ";
        isTold = true;
        return Optional.of(away + message);
    }

    /// @return what to tell of the first client that is back
    synchronized Optional<String> reached(String message) {
        var wasTold = lasts && isTold;
        lasts = false;
        return wasTold
                ? Optional.of("Kafka is back after " + seconds(nanos.getAsLong()) + " s: " + message)
                : Optional.empty();
    }

    /// A node of several may be back without a word: whoever does not reach it says so more than once a minute.
    private boolean isForgotten(long now) {
        return now - latest > MINUTE;
    }

    private long seconds(long now) {
        return Duration.ofNanos(now - since).toSeconds();
    }
}
