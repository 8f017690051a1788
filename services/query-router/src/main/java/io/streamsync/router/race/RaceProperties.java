package io.streamsync.router.race;

import java.util.HexFormat;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param key of race ids, 32 hex digits, the same on all routers and in billing
/// @param maxInFlight queries at a time: at 60 KB each, well within the smallest heap the router runs with
/// @param payloads what the private parts of past races take in memory, from the start
@ConfigurationProperties("streamsync.router.race")
record RaceProperties(
        String key,
        @DefaultValue("2000") int maxInFlight,
        @DefaultValue("32MB") DataSize payloads) {

    private static final int KEY_BYTES = 16;
    private static final DataSize MOST_PAYLOADS = DataSize.ofGigabytes(1);

    RaceProperties {
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("streamsync.router.race.max-in-flight is at least 1");
        }
        if (payloads.isNegative() || payloads.compareTo(MOST_PAYLOADS) > 0) {
            throw new IllegalArgumentException("streamsync.router.race.payloads is at most 1GB");
        }
        keyBytes(key);
    }

    byte[] keyBytes() {
        return keyBytes(key);
    }

    private static byte[] keyBytes(String key) {
        try {
            var bytes = HexFormat.of().parseHex(key);
            if (bytes.length == KEY_BYTES) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // the key itself must not reach a log
        }
        throw new IllegalArgumentException("streamsync.router.race.key is 32 hex digits");
    }

    /// Never the key.
    @Override
    public String toString() {
        return "RaceProperties[maxInFlight=" + maxInFlight + ", payloads=" + payloads + "]";
    }
}
