package io.streamsync.billing.archive;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param horizon how long records are kept and races can be looked up: at least as long as verdicts and disputes may
///     come back to them
@ConfigurationProperties("streamsync.archive")
record ArchiveProperties(@DefaultValue("90d") Duration horizon) {

    private static final Duration SHORTEST = Duration.ofDays(8);

    ArchiveProperties {
        if (horizon.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("streamsync.archive.horizon is at least 8d");
        }
    }
}
