package io.streamsync.protocol.answer;

import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import java.nio.charset.StandardCharsets;

/// Answers of nodes for tests.
public final class Answers {

    private Answers() {}

    public static SolanaMethod method(String name) {
        return SolanaMethods.find(name).orElseThrow();
    }

    public static NodeAnswer result(String method, String json) {
        return parsed(method, "{\"jsonrpc\":\"2.0\",\"result\":" + json + ",\"id\":7}");
    }

    /// A value under a context.
    public static NodeAnswer at(long slot, String method, String value) {
        return result(method, "{\"context\":{\"apiVersion\":\"3.0.4\",\"slot\":" + slot + "},\"value\":" + value + "}");
    }

    public static NodeAnswer error(String method, int code) {
        return error(method, "{\"code\":" + code + ",\"message\":\"refused\"}");
    }

    public static NodeAnswer error(String method, String json) {
        return parsed(method, "{\"jsonrpc\":\"2.0\",\"error\":" + json + ",\"id\":7}");
    }

    private static NodeAnswer parsed(String method, String body) {
        var answer = NodeAnswer.parse(body.getBytes(StandardCharsets.UTF_8), method, "7");
        if (answer == null) {
            throw new AssertionError("no answer: " + body);
        }
        return answer;
    }
}
