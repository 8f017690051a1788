package io.streamsync.router.pubsub;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.router.access.Credential;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whose connection it is: what its key allows, which may change while it lasts, and what it wished for at the
/// handshake.
///
/// @param key what the key allows now; null when it is not in force
/// @param wish the terms of its subscriptions under that
record Holder(Supplier<@Nullable Credential> key, Function<Credential, Terms> wish) {

    @Nullable
    Credential credential() {
        return key.get();
    }

    Terms terms(Credential credential) {
        return wish.apply(credential);
    }
}
