package io.streamsync.router.pubsub;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// What a node says of a signature: that it was received, which may be followed by more, or what became of it.
final class SignatureNotice {

    private SignatureNotice() {}

    /// Whether it is the last: `{"context":…,"value":{"err":…}}`, and not `"value":"receivedSignature"`.
    static boolean isLast(byte[] body, int from, int to) {
        try (var json = NodeMessageReader.JSON.createParser(ObjectReadContext.empty(), body, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                var isValue = "value".equals(json.currentName());
                if (json.nextToken() == JsonToken.START_OBJECT && isValue) {
                    return true;
                }
                json.skipChildren();
            }
            return false;
        } catch (JacksonException unreadable) {
            return false;
        }
    }
}
