package io.streamsync.router.pubsub;

/// What a node told of a subscription: a span of its bytes, and what is understood of it.
///
/// @param slot which it is about; [#NOT_UNDERSTOOD] when it cannot be compared with what other nodes tell
/// @param parent of a slot, where it is said; else [#NOT_UNDERSTOOD]
/// @param identity what tells it from others of its kind: a transaction, an account
/// @param contextSlot the slot of its context, which binds what the client reads next; negative when it has none
/// @param isLast whether nothing follows: what became of a signature
@SuppressWarnings("ArrayRecordComponent") // passed on as it is, never compared
record Notice(
        byte[] message, int from, int to, long slot, long parent, long identity, long contextSlot, boolean isLast) {

    static final long NOT_UNDERSTOOD = -1;

    static Notice of(SubscriptionKind kind, byte[] message, int from, int to) {
        return NoticeReader.read(kind, message, from, to);
    }

    boolean isUnderstood() {
        return slot >= 0;
    }

    int length() {
        return to - from;
    }
}
