package io.streamsync.onboarding;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/// The time, which tests move forward.
public class TestClock implements InstantSource {

    private final AtomicLong aheadMillis = new AtomicLong();

    @Override
    public Instant instant() {
        return Instant.now().plusMillis(aheadMillis.get());
    }

    public void advance(Duration time) {
        aheadMillis.addAndGet(time.toMillis());
    }
}
