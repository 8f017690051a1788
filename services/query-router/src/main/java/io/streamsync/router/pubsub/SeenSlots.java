package io.streamsync.router.pubsub;

import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.tip.Sessions;
import io.streamsync.router.tip.Tips;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// What a client is told over its WebSocket binds what its key reads next over HTTP, as an answer does: whoever sees a
/// transaction confirmed must find its effects.
final class SeenSlots {

    /// The context comes first: what follows it may be a whole block.
    private static final int HEAD = 4 * 1024;

    private final Sessions sessions;
    private final Tips tips;

    SeenSlots(Sessions sessions, Tips tips) {
        this.sessions = sessions;
        this.tips = tips;
    }

    /// To be called before the client gets the notification.
    ///
    /// @param commitment that the subscription asked for; null when it is not known
    void told(String keyId, @Nullable Commitment commitment, byte[] body, int from, int to) {
        var slot = commitment == null ? -1 : contextSlot(body, from, Math.min(to, from + HEAD));
        if (commitment != null && slot >= 0) {
            sessions.of(keyId).saw(commitment, slot, tips.reach(), Tips.millis());
        }
    }

    /// The `slot` of `{"context":{"slot":…},…}`; -1 where there is none.
    private static long contextSlot(byte[] body, int from, int to) {
        try (var json = NodeMessageReader.JSON.createParser(ObjectReadContext.empty(), body, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT
                    || json.nextToken() != JsonToken.PROPERTY_NAME
                    || !"context".equals(json.currentName())
                    || json.nextToken() != JsonToken.START_OBJECT) {
                return -1;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var isSlot = "slot".equals(json.currentName());
                if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && isSlot) {
                    return json.getLongValue();
                }
                json.skipChildren();
            }
            return -1;
        } catch (JacksonException unreadable) {
            return -1;
        }
    }
}
