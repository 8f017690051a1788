package io.streamsync.billing.archive;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// @param raceKey 32 hex digits, the same for routers and billing; without a default, or ids could be made up
@ConfigurationProperties("streamsync")
record RaceKeyProperties(@Nullable String raceKey) {

    @Override
    public String raceKey() {
        if (raceKey == null || !raceKey.matches("[0-9a-fA-F]{32}")) {
            throw new IllegalStateException(
                    "Set STREAMSYNC_RACE_KEY to 32 hex digits, the same as the installation's routers have.");
        }
        return raceKey;
    }
}
