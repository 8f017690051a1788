package io.streamsync.router.access;

import org.jspecify.annotations.Nullable;

/// All keys of the installation, in memory.
public final class Keys {

    Keys() {}

    /// What a key may do; null when there is no such key.
    public @Nullable Credential find(String presentedKey) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// Whether all keys that existed at the start are known.
    public boolean ready() {
        throw new UnsupportedOperationException("skeleton");
    }
}
