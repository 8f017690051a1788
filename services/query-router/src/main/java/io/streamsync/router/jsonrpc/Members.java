package io.streamsync.router.jsonrpc;

import io.streamsync.router.jsonrpc.Envelope.Element;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The members of one envelope while it is read. A member given twice makes it invalid: readers differ in which of the
/// two they believe.
final class Members {

    private byte @Nullable [] id;
    private @Nullable String method;
    private boolean version;
    private boolean params;
    private int paramsFrom = -1;
    private int paramsTo = -1;
    private boolean invalid;

    void version(JsonToken token, JsonParser json) {
        invalid |= version;
        version = true;
        if (token == JsonToken.VALUE_STRING) {
            invalid |= !"2.0".equals(json.getString());
        } else {
            json.skipChildren();
            invalid = true;
        }
    }

    void method(JsonToken token, JsonParser json) {
        invalid |= method != null;
        if (token == JsonToken.VALUE_STRING) {
            method = json.getString();
        } else {
            json.skipChildren();
            invalid = true;
        }
    }

    void id(byte[] text) {
        invalid |= id != null;
        id = text;
    }

    void params(int from, int to) {
        invalid |= params;
        params = true;
        paramsFrom = from;
        paramsTo = to;
    }

    void invalid() {
        invalid = true;
    }

    Element element(byte[] body) {
        if (invalid || !version || method == null) {
            return new Element.Invalid(id == null ? JsonRpcResponse.NO_ID : id);
        }
        return id == null ? new Element.Notification() : new Call(id, method, body, paramsFrom, paramsTo);
    }
}
