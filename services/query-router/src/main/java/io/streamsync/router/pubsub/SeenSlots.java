package io.streamsync.router.pubsub;

import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.tip.Sessions;
import io.streamsync.router.tip.Tips;
import org.jspecify.annotations.Nullable;

/// What a client is told over its WebSocket binds what its key reads next over HTTP, as an answer does: whoever sees a
/// transaction confirmed must find its effects.
final class SeenSlots {

    private final Sessions sessions;
    private final Tips tips;

    SeenSlots(Sessions sessions, Tips tips) {
        this.sessions = sessions;
        this.tips = tips;
    }

    /// To be called before the client gets the notification.
    ///
    /// @param commitment that the subscription asked for; null when it is not known
    void told(String keyId, @Nullable Commitment commitment, long slot) {
        if (commitment != null) {
            sessions.of(keyId).saw(commitment, slot, tips.reach(), Tips.millis());
        }
    }
}
