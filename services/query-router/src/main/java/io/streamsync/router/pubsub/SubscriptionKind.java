package io.streamsync.router.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Solana lets clients subscribe to.
@SuppressWarnings("ImmutableEnumChecker") // the bytes are written out and never changed
enum SubscriptionKind {
    ACCOUNT("account", Telling.NEWEST, null),
    LOGS("logs", Telling.ONCE_EACH, "signature"),
    PROGRAM("program", Telling.NEWEST, "pubkey"),
    ROOT("root", Telling.IN_ORDER, null),
    SIGNATURE("signature", Telling.FATE, null),
    SLOT("slot", Telling.IN_ORDER, null),
    BLOCK("block", Telling.AS_THE_NODE, null),
    VOTE("vote", Telling.AS_THE_NODE, null),
    SLOTS_UPDATES("slotsUpdates", Telling.AS_THE_NODE, null);

    private static final Map<String, Wish> WISHES = wishes();

    private final String word;
    private final Telling telling;
    private final @Nullable String identity;
    private final byte[] notification;

    SubscriptionKind(String word, Telling telling, @Nullable String identity) {
        this.word = word;
        this.telling = telling;
        this.identity = identity;
        this.notification = ("{\"jsonrpc\":\"2.0\",\"method\":\"" + word + "Notification\",\"params\":{\"result\":")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /// How what several nodes tell becomes one (decision 33).
    enum Telling {
        /// Slots that rise, none left out.
        IN_ORDER,
        /// Everything once, whoever tells it first.
        ONCE_EACH,
        /// The state of each account, never an older one after a newer one.
        NEWEST,
        /// What became of a transaction, and that it was received: each once.
        FATE,
        /// What one node says, as it says it: methods that are not stable, or that say what a node saw itself.
        AS_THE_NODE
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

    Telling telling() {
        return telling;
    }

    /// How many operators' nodes serve it at once: what must not be lost with one of them has two.
    int places() {
        return telling == Telling.AS_THE_NODE ? 1 : 2;
    }

    /// The member of the value that tells one notification of a slot from others; null where there is one of each.
    @Nullable
    String identity() {
        return identity;
    }

    boolean hasIdentity() {
        return identity != null;
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
