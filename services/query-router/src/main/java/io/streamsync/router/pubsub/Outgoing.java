package io.streamsync.router.pubsub;

import io.streamsync.router.jsonrpc.JsonRpcResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One message to a client: a span of somebody's bytes, not copied and not read again, between the router's own.
@SuppressWarnings({"ArrayRecordComponent", "MutablePublicArray"}) // written out as they are, never compared or changed
public record Outgoing(byte[] head, byte[] body, int from, int to, byte[] tail) {

    private static final byte[] NOTHING = {};

    static Outgoing response(JsonRpcResponse response) {
        return new Outgoing(response.head(), response.body(), response.from(), response.to(), response.tail());
    }

    static Outgoing batch(List<JsonRpcResponse> responses) {
        var text = new ByteArrayOutputStream();
        var separator = '[';
        for (var response : responses) {
            text.write(separator);
            text.writeBytes(response.head());
            text.write(response.body(), response.from(), response.to() - response.from());
            text.writeBytes(response.tail());
            separator = ',';
        }
        text.write(']');
        return new Outgoing(NOTHING, text.toByteArray(), 0, text.size(), NOTHING);
    }

    /// @param tail everything after the result, from [#tail]
    static Outgoing notification(SubscriptionKind kind, byte[] body, int from, int to, byte[] tail) {
        return new Outgoing(kind.notification(), body, from, to, tail);
    }

    /// The end of all notifications of one subscription.
    ///
    /// @param id of the subscription as the client knows it
    static byte[] tail(long id) {
        return (",\"subscription\":" + id + "}}").getBytes(StandardCharsets.US_ASCII);
    }

    public int length() {
        return head.length + to - from + tail.length;
    }
}
