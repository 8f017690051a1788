package io.streamsync.verifier.check;

import io.streamsync.protocol.canonical.Sha256;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a customer asked. Nodes are asked the same under the race's number, and the hash of these bytes stands in the
/// record (decision 5): so a call says which leaf is that of its race.
///
/// @param params byte for byte as they were sent, empty where there were none; null when they are not known
public record AskedCall(String method, @Nullable String params) {

    /// Lower-case hex.
    String requestHash(long sequence) {
        var asked = "{\"jsonrpc\":\"2.0\",\"id\":" + sequence + ",\"method\":\"" + method + '"'
                + (params == null || params.isEmpty() ? "" : ",\"params\":" + params) + '}';
        return Sha256.hex(asked.getBytes(StandardCharsets.UTF_8));
    }
}
