package io.streamsync.router.epoch;

import java.util.concurrent.atomic.AtomicLong;

/// The gapless numbers of this incarnation's races.
public final class RaceSequence {

    private final AtomicLong next = new AtomicLong();

    RaceSequence() {}

    public long next() {
        return next.getAndIncrement();
    }
}
