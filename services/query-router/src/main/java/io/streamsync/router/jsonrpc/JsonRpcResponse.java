package io.streamsync.router.jsonrpc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One JSON-RPC response: a span of somebody's bytes between the envelope's own and the client's id. The span is not
/// copied and not read again, so that what a node wrote goes out unchanged.
///
/// @param head everything before the span
/// @param id the client's id as JSON text
@SuppressWarnings({"ArrayRecordComponent", "MutablePublicArray"}) // written out as they are, never compared or changed
public record JsonRpcResponse(byte[] head, byte[] body, int from, int to, byte[] id) {

    private static final byte[] RESULT = ascii("{\"jsonrpc\":\"2.0\",\"result\":");
    private static final byte[] ERROR = ascii("{\"jsonrpc\":\"2.0\",\"error\":");
    private static final byte[] ID = ascii(",\"id\":");

    /// The id of a response to a request whose own is not known.
    public static final byte[] NO_ID = ascii("null");

    public static JsonRpcResponse result(byte[] body, int from, int to, byte[] id) {
        return new JsonRpcResponse(RESULT, body, from, to, id);
    }

    public static JsonRpcResponse error(byte[] body, int from, int to, byte[] id) {
        return new JsonRpcResponse(ERROR, body, from, to, id);
    }

    public static JsonRpcResponse refusal(Refusal refusal, byte[] id) {
        var error = refusal.error();
        return error(error, 0, error.length, id);
    }

    /// A refusal of a request whose id is not known.
    public static JsonRpcResponse refusal(Refusal refusal) {
        return refusal(refusal, NO_ID);
    }

    /// Whether this is an error, a node's or the router's own.
    public boolean isError() {
        return Arrays.equals(head, ERROR);
    }

    public int length() {
        return head.length + to - from + ID.length + id.length + 1;
    }

    /// Everything after the span.
    public byte[] tail() {
        var tail = new byte[ID.length + id.length + 1];
        System.arraycopy(ID, 0, tail, 0, ID.length);
        System.arraycopy(id, 0, tail, ID.length, id.length);
        tail[tail.length - 1] = '}';
        return tail;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
