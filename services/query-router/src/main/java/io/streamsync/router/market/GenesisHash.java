package io.streamsync.router.market;

import org.jspecify.annotations.Nullable;

/// The chain of the market: the configured one, else the one that the first admitted node fixed, as listings tell it.
public final class GenesisHash {

    private final @Nullable String configured;
    private volatile @Nullable String told;

    GenesisHash(@Nullable String configured) {
        this.configured = configured == null || configured.isBlank() ? null : configured;
    }

    void told(@Nullable String hash) {
        if (hash != null) {
            told = hash;
        }
    }

    /// @return null where it is not known yet
    public @Nullable String value() {
        return configured == null ? told : configured;
    }
}
