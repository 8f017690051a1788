package io.streamsync.router.pubsub;

/// Why the router ends a client's WebSocket (RFC 6455, 7.4).
public enum CloseReason {
    GOING_AWAY(1001, "the router stops: connect again"),
    KEY_REVOKED(1008, "the key is not in force any more"),
    NOT_READ(1008, "the client does not read what it subscribed to"),
    SILENT(1008, "the client answers no ping"),
    TOO_LARGE(1009, "a message is larger than is taken here"),
    INTERNAL(1011, "an error of the router's: connect again"),
    TERMS_CHANGED(1012, "what the key allows has changed: connect again"),
    MISSED(1012, "something may be missing that no node tells again: connect again and look"),
    TOO_FAST(1008, "more calls than are taken here"),
    NO_CREDIT(1008, "the credit is used up"),
    CAP_REACHED(1008, "the key's cap for today is reached"),
    UNAVAILABLE(1013, "credit cannot be had for now: try again later"),
    NO_NODE(1013, "no node serves subscriptions now: try again later"),
    FULL(1013, "the router takes no more connections now: try again later");

    private final int code;
    private final String text;

    CloseReason(int code, String text) {
        this.code = code;
        this.text = text;
    }

    public int code() {
        return code;
    }

    public String text() {
        return text;
    }
}
