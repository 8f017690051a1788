package io.streamsync.router.epoch;

import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/// The gapless numbers of this incarnation's races.
@Component
public final class RaceSequence {

    private final AtomicLong next = new AtomicLong();

    public long next() {
        return next.getAndIncrement();
    }
}
