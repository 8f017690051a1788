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

    /// The id that the router sends to nodes: always the same, so that equal questions are equal bytes.
    public static final String NODE_ID = "1";

    private static final byte[] HEAD = ascii("{\"jsonrpc\":\"2.0\",\"id\":" + NODE_ID + ",\"method\":\"");
    private static final byte[] PARAMS = ascii("\",\"params\":");
    private static final byte[] END = ascii("\"}");

    /// The request as nodes get it: the router's id, the method, the client's params unchanged.
    ///
    /// @param knownMethod the method's name from the table, so nothing in it needs escaping
    public byte[] toNode(String knownMethod) {
        var name = ascii(knownMethod);
        var tail = hasParams() ? PARAMS.length + paramsTo - paramsFrom + 1 : END.length;
        var request = new byte[HEAD.length + name.length + tail];
        System.arraycopy(HEAD, 0, request, 0, HEAD.length);
        System.arraycopy(name, 0, request, HEAD.length, name.length);
        var at = HEAD.length + name.length;
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
