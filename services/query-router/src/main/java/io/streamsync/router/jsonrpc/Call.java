package io.streamsync.router.jsonrpc;

import java.nio.charset.StandardCharsets;

/// One JSON-RPC call, as spans of the request's bytes.
///
/// @param id the client's id as JSON text, echoed byte for byte
/// @param body the whole request; never changed
/// @param paramsFrom start of the params in the body, or -1 where there are none
/// @param paramsTo end of the params
@SuppressWarnings("ArrayRecordComponent") // the bytes of a request, owned by one race: a copy per call would cost more
public record Call(byte[] id, String method, byte[] body, int paramsFrom, int paramsTo) implements Envelope.Element {

    private static final byte[] PARAMS = ascii("\",\"params\":");
    private static final byte[] END = ascii("\"}");

    /// The request as nodes get it: the router's id, the method, the client's params unchanged.
    ///
    /// @param knownMethod the method's name from the table, so nothing in it needs escaping
    /// @param id which tells this question's answer from all others that a connection may still carry
    public byte[] toNode(String knownMethod, long id) {
        var head = ascii("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + knownMethod);
        var tail = hasParams() ? PARAMS.length + paramsTo - paramsFrom + 1 : END.length;
        var request = new byte[head.length + tail];
        System.arraycopy(head, 0, request, 0, head.length);
        var at = head.length;
        if (hasParams()) {
            System.arraycopy(PARAMS, 0, request, at, PARAMS.length);
            System.arraycopy(body, paramsFrom, request, at + PARAMS.length, paramsTo - paramsFrom);
            request[request.length - 1] = '}';
        } else {
            System.arraycopy(END, 0, request, at, END.length);
        }
        return request;
    }

    private boolean hasParams() {
        return paramsFrom >= 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
