package io.streamsync.router.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Solana lets clients subscribe to.
@SuppressWarnings("ImmutableEnumChecker") // the bytes are written out and never changed
enum SubscriptionKind {
    ACCOUNT("account"),
    LOGS("logs"),
    PROGRAM("program"),
    ROOT("root"),
    SIGNATURE("signature"),
    SLOT("slot"),
    BLOCK("block"),
    VOTE("vote"),
    SLOTS_UPDATES("slotsUpdates");

    private static final Map<String, Wish> WISHES = wishes();

    private final String word;
    private final byte[] notification;

    SubscriptionKind(String word) {
        this.word = word;
        this.notification = ("{\"jsonrpc\":\"2.0\",\"method\":\"" + word + "Notification\",\"params\":{\"result\":")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// What a method asks for; null when it is none of these.
    static @Nullable Wish wish(String method) {
        return WISHES.get(method);
    }

    String subscribe() {
        return word + "Subscribe";
    }

    String unsubscribe() {
        return word + "Unsubscribe";
    }

    /// A notification up to its result.
    byte[] notification() {
        return notification;
    }

    private static Map<String, Wish> wishes() {
        var wishes = new HashMap<String, Wish>();
        for (var kind : values()) {
            wishes.put(kind.subscribe(), new Wish(kind, true));
            wishes.put(kind.unsubscribe(), new Wish(kind, false));
        }
        return Map.copyOf(wishes);
    }

    /// @param begins whether a subscription begins or ends
    record Wish(SubscriptionKind kind, boolean begins) {}
}
