package io.streamsync.router.jsonrpc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A refusal with what the caller needs to act on it.
///
/// @param data members of `error.data` beside the reason
public record Refusal(RefusalCode code, Map<String, @Nullable Object> data) {

    private static final JsonMapper JSON = JsonMapper.shared();

    public Refusal {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }

    public static Refusal of(RefusalCode code) {
        return new Refusal(code, Map.of());
    }

    public Refusal with(String member, @Nullable Object value) {
        var members = new LinkedHashMap<String, @Nullable Object>(data);
        members.put(member, value);
        return new Refusal(code, members);
    }

    /// The error object as JSON.
    byte[] error() {
        var error = new LinkedHashMap<String, @Nullable Object>();
        error.put("code", code.code());
        error.put("message", code.message());
        if (!code.isStandard()) {
            var members = new LinkedHashMap<String, @Nullable Object>();
            members.put("reason", code.name());
            members.putAll(data);
            error.put("data", members);
        }
        return JSON.writeValueAsBytes(error);
    }
}
