package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.answer.Replies;
import io.streamsync.protocol.answer.Reply;
import io.streamsync.protocol.answer.Reply.Failure;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.node.NodeFailure;
import io.streamsync.router.node.NodeFailure.Kind;
import io.streamsync.router.node.Upstream;
import io.streamsync.router.node.Upstreams;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeHealthTests {

    private static final OperatorId A = new OperatorId("a");
    private static final OperatorId B = new OperatorId("b");
    private static final Failure COUNTS = new Failure("reason", true, false);
    private static final int RACES = 20;

    private final Upstream node = upstream("n");
    private final Upstream other = upstream("m");

    @ParameterizedTest
    @ValueSource(ints = {-32001, -32603, -32700, -32012})
    void opensNoCircuitForAnErrorThatAQuestionMayMake(int code) {
        for (var i = 0; i < RACES; i++) {
            var health = health();
            health.replied(asked(other, B), new Reply.Content(), null);
            says(health, code);
        }

        assertThat(skipped()).isNull();
    }

    @Test
    void opensTheCircuitOfANodeThatSaysItIsUnhealthyWhileOthersAnswer() {
        for (var i = 0; i < RACES; i++) {
            var health = health();
            says(health, -32005);
            health.replied(asked(other, B), new Reply.Content(), null);
        }

        assertThat(skipped()).isEqualTo(SkipReason.CIRCUIT_OPEN);
    }

    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, 0, true",
        "BROKEN_OFF, 0, true",
        "MALFORMED, 0, true",
        "STATUS, 503, true",
        "STATUS, 401, true",
        "STATUS, 400, false",
        "STATUS, 413, false",
        "TOO_LARGE, 0, false",
        "POOL_FULL, 0, false"
    })
    void countsAFailureOnlyWhereAnotherOperatorAnswered(Kind kind, int status, boolean opens) {
        for (var i = 0; i < RACES; i++) {
            health().broken(asked(node, A), new NodeFailure(kind, status), COUNTS);
            var ownNode = health();
            ownNode.replied(asked(other, A), new Reply.Content(), null);
            ownNode.broken(asked(node, A), new NodeFailure(kind, status), COUNTS);
        }
        assertThat(skipped()).isNull();

        for (var i = 0; i < RACES; i++) {
            var health = health();
            health.broken(asked(node, A), new NodeFailure(kind, status), COUNTS);
            health.replied(asked(other, B), new Reply.Content(), null);
        }
        assertThat(skipped()).isEqualTo(opens ? SkipReason.CIRCUIT_OPEN : null);
    }

    @Test
    void countsAtOnceThatNobodyListens() {
        for (var i = 0; i < RACES; i++) {
            health().broken(asked(node, A), new NodeFailure(Kind.CONNECT, 0), COUNTS);
        }

        assertThat(skipped()).isEqualTo(SkipReason.CIRCUIT_OPEN);
    }

    @Test
    void opensTheCircuitOfANodeWhoseResultsAreNone() {
        for (var i = 0; i < RACES; i++) {
            var health = health();
            health.replied(asked(node, A), COUNTS, result());
            health.replied(asked(other, B), new Reply.Content(), null);
        }

        assertThat(skipped()).isEqualTo(SkipReason.CIRCUIT_OPEN);
    }

    @Test
    void opensNoCircuitForARateLimitAndAsksLess() {
        for (var i = 0; i < RACES; i++) {
            var health = health();
            health.replied(asked(other, B), new Reply.Content(), null);
            health.broken(asked(node, A), new NodeFailure(Kind.STATUS, 429, 7), Replies.ofStatus(429));
        }

        assertThat(skipped()).isEqualTo(SkipReason.CAPACITY);
        assertThat(node.unusable(QueryClass.LOOKUP, 100, System.nanoTime())).isNull();
    }

    private static NodeHealth.Asked asked(Upstream node, OperatorId countsAs) {
        return new NodeHealth.Asked(node, countsAs, System.nanoTime());
    }

    private static NodeAnswer result() {
        var body = "{\"jsonrpc\":\"2.0\",\"result\":[],\"id\":1}".getBytes(StandardCharsets.UTF_8);
        return Objects.requireNonNull(NodeAnswer.parse(body, "getBlock", "1"));
    }

    private void says(NodeHealth health, int code) {
        var method = SolanaMethods.find("getBlock").orElseThrow();
        var body = "{\"jsonrpc\":\"2.0\",\"error\":{\"code\":" + code + ",\"message\":\"x\"},\"id\":1}";
        var answer =
                Objects.requireNonNull(NodeAnswer.parse(body.getBytes(StandardCharsets.UTF_8), method.name(), "1"));
        health.replied(asked(node, A), Replies.classify(method, answer), answer);
    }

    private @Nullable SkipReason skipped() {
        return node.unusable(QueryClass.ARCHIVE, 100, System.nanoTime());
    }

    private static NodeHealth health() {
        return new NodeHealth(QueryClass.ARCHIVE, new RouterLog());
    }

    private static Upstream upstream(String id) {
        return new Upstreams().listed(new NodeId(id), "http://127.0.0.1:1", List.of("127.0.0.1"), Map.of());
    }
}
