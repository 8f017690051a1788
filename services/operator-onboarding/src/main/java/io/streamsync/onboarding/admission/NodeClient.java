package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.node.Reach;
import io.streamsync.outbound.Outbound;
import io.streamsync.outbound.OutboundAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a node as a Solana client would.
@Component
class NodeClient {

    private static final int OK = 200;
    private static final int EXCERPT = 200;

    private final Outbound outbound;
    private final JsonMapper json;
    private final AtomicLong ids = new AtomicLong();

    NodeClient(Outbound outbound, JsonMapper json) {
        this.outbound = outbound;
        this.json = json;
    }

    NodeReply ask(Reach reach, String method, Object... params) {
        long id = ids.incrementAndGet();
        var request = Map.of("jsonrpc", "2.0", "id", id, "method", method, "params", List.of(params));
        return switch (outbound.post(reach.endpoint(), reach.headers(), json.writeValueAsString(request))) {
            case OutboundAnswer.Unanswered(var reason) -> new NodeReply.Failure(reason);
            case OutboundAnswer.Answered(int status, var body, var latency) ->
                status == OK ? envelope(body, id, latency) : status(status);
        };
    }

    /// What the endpoint's origin says at a path of its own.
    NodeReply get(Reach reach, String path) {
        return switch (outbound.get(URI.create(reach.origin() + path), reach.headers())) {
            case OutboundAnswer.Unanswered(var reason) -> new NodeReply.Failure(reason);
            case OutboundAnswer.Answered(int status, var body, var latency) ->
                status == OK ? read(body, latency) : status(status);
        };
    }

    private NodeReply envelope(String body, long id, Duration latency) {
        return switch (read(body, latency)) {
            case NodeReply.Failure failure -> failure;
            case NodeReply.Result answer -> result(answer.value(), id, latency);
        };
    }

    private static NodeReply result(JsonNode answer, long id, Duration latency) {
        if (answer.hasNonNull("error")) {
            return new NodeReply.Failure(
                    "it answered with an error: " + excerpt(answer.path("error").toString()));
        }
        if (!"2.0".equals(answer.path("jsonrpc").asString(""))
                || answer.path("id").asLong(-1) != id) {
            return new NodeReply.Failure("the answer is no JSON-RPC 2.0 answer to the question");
        }
        return answer.has("result")
                ? new NodeReply.Result(answer.path("result"), latency)
                : new NodeReply.Failure("the answer has no result");
    }

    private NodeReply read(String body, Duration latency) {
        try {
            return new NodeReply.Result(json.readTree(body), latency);
        } catch (JacksonException notJson) {
            return new NodeReply.Failure("the answer is not JSON");
        }
    }

    private static NodeReply status(int status) {
        return new NodeReply.Failure(
                "it answered with HTTP " + status + (status / 100 == 3 ? ", and redirects are not followed" : ""));
    }

    /// What a stranger said, fit to be shown and stored.
    static String excerpt(String said) {
        var text = said.replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() <= EXCERPT ? text : text.substring(0, EXCERPT) + " ...";
    }

    /// What a node said, or why that is not an answer.
    sealed interface NodeReply {

        record Result(JsonNode value, Duration latency) implements NodeReply {}

        record Failure(String reason) implements NodeReply {}
    }
}
