package io.streamsync.reputation.probing;

import io.streamsync.outbound.Outbound;
import io.streamsync.outbound.OutboundAnswer;
import io.streamsync.outbound.OutboundAnswer.Answered;
import io.streamsync.outbound.OutboundHeaders;
import io.streamsync.reputation.listing.SellingNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks a node which slot it has reached: the cheapest question of all.
@Component
class SlotQuestion {

    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Map<String, String> PROCESSED = Map.of("commitment", "processed");

    private final Outbound outbound;
    private final JsonMapper json;
    private final AtomicLong ids = new AtomicLong();

    SlotQuestion(Outbound outbound, JsonMapper json) {
        this.outbound = outbound;
        this.json = json;
    }

    Reply ask(SellingNode node) {
        var id = ids.incrementAndGet();
        var question = Map.of("jsonrpc", "2.0", "id", id, "method", "getSlot", "params", new Object[] {PROCESSED});
        var answer = outbound.post(
                URI.create(node.endpoint()), new OutboundHeaders(node.headers()), json.writeValueAsString(question));
        return switch (answer) {
            case OutboundAnswer.Unanswered _ -> new Reply.Silence();
            case Answered answered -> reply(answered, id);
        };
    }

    /// A rate limit is the node's capacity for us: it lowers no score (protocol, Race).
    private Reply reply(Answered answered, long id) {
        if (answered.status() == TOO_MANY_REQUESTS) {
            return new Reply.RateLimited();
        }
        var slot = answered.status() == OK ? slot(answered.body(), id) : -1;
        return slot < 0 ? new Reply.Silence() : new Reply.AtSlot(slot, answered.latency());
    }

    /// The slot, or -1 where that is no answer to the question.
    private long slot(String body, long id) {
        try {
            JsonNode answer = json.readTree(body);
            var result = answer.path("result");
            return answer.path("id").asLong(-1) == id && result.isIntegralNumber() && result.canConvertToLong()
                    ? result.asLong()
                    : -1;
        } catch (JacksonException notJson) {
            return -1;
        }
    }

    /// What a node said.
    sealed interface Reply {

        record AtSlot(long slot, Duration latency) implements Reply {}

        /// Nothing, or nothing that answers.
        record Silence() implements Reply {}

        record RateLimited() implements Reply {}
    }
}
