package io.streamsync.router.epoch;

import org.jspecify.annotations.Nullable;

/// This router's secret of each epoch.
public final class EpochSecrets {

    EpochSecrets() {}

    /// The epoch of a time.
    public long epochAt(long unixMillis) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The 32 bytes of an epoch's secret, from memory; null when none is prepared or the epoch has ended, as after a
    /// jump of the clock.
    public byte @Nullable [] secret(long epoch) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// Whether races may be drawn: the current epoch's commitment is public.
    public boolean ready() {
        throw new UnsupportedOperationException("skeleton");
    }
}
