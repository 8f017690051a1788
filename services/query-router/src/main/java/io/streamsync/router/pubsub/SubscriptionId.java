package io.streamsync.router.pubsub;

import io.streamsync.router.jsonrpc.Call;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// The id that an unsubscription names: `[7]`.
final class SubscriptionId {

    private SubscriptionId() {}

    /// Null when there is none.
    static @Nullable Long of(Call call) {
        if (call.paramsFrom() < 0) {
            return null;
        }
        var length = call.paramsTo() - call.paramsFrom();
        try (var json = NodeMessageReader.JSON.createParser(
                ObjectReadContext.empty(), call.body(), call.paramsFrom(), length)) {
            if (json.nextToken() != JsonToken.START_ARRAY || json.nextToken() != JsonToken.VALUE_NUMBER_INT) {
                return null;
            }
            var id = number(json.getString());
            return json.nextToken() == JsonToken.END_ARRAY ? id : null;
        } catch (JacksonException unreadable) {
            return null;
        }
    }

    private static @Nullable Long number(String digits) {
        try {
            return Long.parseUnsignedLong(digits);
        } catch (NumberFormatException none) {
            return null;
        }
    }
}
