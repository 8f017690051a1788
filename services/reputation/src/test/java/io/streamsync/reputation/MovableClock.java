package io.streamsync.reputation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// The system's time, and what a test adds to it.
public class MovableClock implements InstantSource {

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    public void forward(Duration more) {
        ahead.accumulateAndGet(more, Duration::plus);
    }

    /// To just after the next full hour, or whatever a border is between.
    public void forwardToTheNext(Duration period) {
        var sinceTheLast = Duration.ofMillis(instant().toEpochMilli() % period.toMillis());
        forward(period.minus(sinceTheLast));
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }
}
