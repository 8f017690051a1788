package io.streamsync.router.race;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/// @param memory what long answers of all customers may take; by default a quarter of the heap: while an
///     answer grows it is held twice for a moment, and the rest of the router needs the other half
/// @param verifiedWithin for how long a race's last record waits for the end of an answer whose customer
///     reads it: below the five minutes after which billing takes a race without its last record for one
///     that nobody verified
@ConfigurationProperties("streamsync.router.large-answers")
record LargeAnswerProperties(
        @Nullable DataSize memory, @DefaultValue("4m") Duration verifiedWithin) {

    private static final int SHARE_OF_HEAP = 4;

    LargeAnswerProperties {
        if ((memory != null && memory.isNegative()) || verifiedWithin.isNegative()) {
            throw new IllegalArgumentException("the bounds of streamsync.router.large-answers are not negative");
        }
    }

    long memoryBytes() {
        return memory == null ? Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP : memory.toBytes();
    }
}
