package io.streamsync.billing.intake;

import java.time.Duration;
import java.time.Instant;

/// A partition that waits at an offset.
record Stop(long offset, String reason, Instant retryAt) {

    /// Only a person can help; looking again costs little and spares a restart.
    static final Duration BROKEN = Duration.ofSeconds(5);

    /// The database comes back.
    static final Duration PASSING = Duration.ofMillis(500);
}
