package io.streamsync.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.outbound.OutboundAnswer.Answered;
import io.streamsync.outbound.OutboundAnswer.Unanswered;
import io.streamsync.testing.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutboundTests {

    private static final String PATH = "/.well-known/streamsync";

    private final ScriptedServer node = new ScriptedServer();
    private final AtomicReference<String> resolved = new AtomicReference<>("127.0.0.1");
    private final OutboundProperties properties =
            new OutboundProperties(List.of("127.0.0.0/8", "::1/128"), Set.of(18_001), Duration.ofSeconds(2));
    private final Outbound outbound =
            new Outbound(new EndpointGuard(this::resolve, properties), properties.timeLimit());

    @AfterEach
    void close() throws IOException {
        node.close();
        outbound.destroy();
    }

    @Test
    void connectsToTheCheckedAddressUnderTheHostsName() {
        var answer = get("http://node.example:" + node.port() + PATH);

        assertThat(answer).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(200);
            assertThat(answered.body()).isEqualTo("{}");
        });
        assertThat(node.seen().getFirst().headers().getFirst("host")).isEqualTo("node.example:" + node.port());
    }

    @Test
    void connectsToNoAddressThatTheGuardRefuses() {
        resolved.set("10.0.0.1");

        assertThat(get("http://node.example:" + node.port() + PATH))
                .isInstanceOfSatisfying(
                        Unanswered.class,
                        unanswered -> assertThat(unanswered.reason()).contains("10.0.0.1"));
        assertThat(get("http://127.0.0.1:18001/")).isInstanceOf(Unanswered.class);
        assertThat(get("http://[::ffff:127.0.0.1]:" + node.port() + PATH)).isInstanceOf(Unanswered.class);
        assertThat(node.seen()).isEmpty();
    }

    @Test
    void sendsTheOperatorsHeadersAndAsksForJson() {
        node.answers("{\"result\":7}");

        var answer = outbound.post(
                URI.create(node.url()),
                new OutboundHeaders(Map.of("Authorization", "Bearer secret")),
                "{\"id\":1,\"method\":\"getSlot\"}");

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answered.class, answered -> assertThat(answered.body()).contains("\"result\":7"));
        var headers = node.seen().getFirst().headers();
        assertThat(headers.getFirst("authorization")).isEqualTo("Bearer secret");
        assertThat(headers.getFirst("content-type")).startsWith("application/json");
        assertThat(headers).doesNotContainKey("Accept-encoding");
    }

    @Test
    void followsNoRedirect() {
        try (var secret = new ScriptedServer()) {
            node.reacts(ScriptedServer.redirect(secret.url()));

            assertThat(get(node.url() + PATH.substring(1)))
                    .isInstanceOfSatisfying(
                            Answered.class,
                            answered -> assertThat(answered.status()).isEqualTo(302));
            assertThat(secret.seen()).isEmpty();
        }
    }

    @Test
    void readsUpToSixteenKibibytesAndNotMore() {
        node.reacts(size(16 * 1024));
        assertThat(get(node.url() + PATH.substring(1))).isInstanceOf(Answered.class);

        node.reacts(size(16 * 1024 + 1));
        assertThat(get(node.url() + PATH.substring(1))).isEqualTo(new Unanswered("the answer is larger than 16 KiB"));
    }

    @ParameterizedTest
    @CsvSource({"1, 9000", "200, 10"})
    void readsNoFloodOfHeaders(int count, int length) {
        node.reacts(exchange -> {
            for (int i = 0; i < count; i++) {
                exchange.getResponseHeaders().set("x-" + i, "v".repeat(length));
            }
            exchange.sendResponseHeaders(200, -1);
        });

        assertThat(get(node.url() + PATH.substring(1))).isInstanceOf(Unanswered.class);
    }

    @Test
    void reachesIpv6() {
        assertThat(get("http://[::1]:" + node.port() + PATH)) // where nobody listens
                .isEqualTo(new Unanswered("the connection was refused"));
    }

    @Test
    void waitsTwoSecondsForSilence() {
        node.reacts(node.silence());

        assertThat(timed(node.url() + PATH.substring(1))).isEqualTo(new Unanswered("no answer within 2 s"));
    }

    @Test
    void waitsTwoSecondsForAnAnswerThatDrips() {
        node.reacts(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var body = exchange.getResponseBody()) {
                for (int i = 0; i < 100; i++) {
                    body.write("x".getBytes(UTF_8));
                    body.flush();
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                }
            }
        });

        assertThat(timed(node.url() + PATH.substring(1))).isEqualTo(new Unanswered("no answer within 2 s"));
    }

    @Test
    void saysThatNobodyListens() {
        node.close();

        assertThat(get(node.url())).isEqualTo(new Unanswered("the connection was refused"));
    }

    private static ScriptedServer.Reaction size(int bytes) {
        return ScriptedServer.json("\"" + "x".repeat(bytes - 2) + "\"");
    }

    private OutboundAnswer timed(String url) {
        long start = System.nanoTime();
        var answer = get(url);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(1_500), Duration.ofSeconds(8));
        return answer;
    }

    private OutboundAnswer get(String url) {
        return outbound.get(URI.create(url), OutboundHeaders.none());
    }

    private List<InetAddress> resolve(String name) throws UnknownHostException {
        if (name.equals("node.example")) {
            return List.of(InetAddress.ofLiteral(resolved.get()));
        }
        throw new UnknownHostException(name);
    }
}
