package io.streamsync.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.router.race.Balances;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Customers who read large answers slowly, at a router that has little memory for them.
class SlowReaderServiceTests extends StartedRouter {

    private static final int ROUTER = 11;
    private static final String SLOW = "ssk_slow_0123456789";
    private static final String SWIFT = "ssk_swift_0123456789";
    private static final String BLOCK = call("1", "getBlock", "[7]");
    private static final String SMALL_BLOCK = call("1", "getBlock", "[8]");
    private static final String BALANCE = call("1", "getBalance", "[\"a\"]");

    /// More than what the sockets in between hold.
    private static final LargeBlock LARGE = new LargeBlock(20_000_000);

    private static final LargeBlock SMALL = new LargeBlock(700_000);

    @Test
    void leavesRoomForOthersAndEndsTheirRaces() throws IOException {
        for (var account : List.of("slow", "swift")) {
            billing.owns(account, 5_000_000_000L);
            billing.grantsAtMost(account, 100_000_000L);
        }
        market.key(SLOW, "slow", "query", null);
        market.key(SWIFT, "swift", "query", null);
        var parameters = Files.createTempFile("parameters", ".json");
        Files.writeString(parameters, """
                {"deadline": "3s", "nodeTimeout": "1s", "verificationWindow": "400ms"}
                """);
        try (var router = new FurtherRouter(
                        ROUTER,
                        "--STREAMSYNC_DRAIN=0s",
                        "--STREAMSYNC_PARAMETERS=" + parameters,
                        "--streamsync.router.large-answers.memory=16MB",
                        "--streamsync.router.large-answers.verified-within=500ms");
                var races = new RaceStream(ROUTER, RACE_KEY)) {
            awaitAnswered(router, SLOW);
            awaitAnswered(router, SWIFT);
            market.nodes()
                    .forEach(node -> node.speaks((asked, out) -> {
                        if (asked.body().contains("getBalance")) {
                            out.write(balanceOf(LargeBlock.id(asked)).getBytes(UTF_8));
                        } else {
                            (asked.body().contains("[7]") ? LARGE : SMALL).answer(asked, out);
                        }
                    }));
            var readers = new ArrayList<Reader>();
            try {
                for (var i = 0; i < 20 && ask(router, SLOW, SMALL_BLOCK).statusCode() == 200; i++) {
                    readers.add(new Reader(router.port()));
                    awaitOnlyHeldBy(router, readers.size());
                }

                assertThat(readers).hasSizeBetween(3, 12);
                var refused = ask(router, SLOW, SMALL_BLOCK);
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
                assertThat(error(refused).path("data").path("cause").asString()).isEqualTo("OVERLOAD");
                assertThat(ask(router, SLOW, BALANCE).statusCode()).isEqualTo(200);
                assertThat(ask(router, SWIFT, SMALL_BLOCK).body()).contains(new String(SMALL.bytes(), UTF_8));

                var latest = readers.getLast(); // who has read nothing for 30 s is cut off
                var verified = races.verified(latest.race());
                assertThat(verified.status()).isEqualTo(RaceStatus.UNVERIFIED);
                assertThat(verified.answerHash()).isNull();
                assertThat(verified.results()).noneMatch(result -> result.counts());
                assertThat(verified.results()).anyMatch(result -> result.verdict() == Verdict.WINS);
                assertThat(latest.rest()).isGreaterThan(LARGE.bytes().length);
            } finally {
                for (var reader : readers) {
                    reader.close();
                }
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(Balances.of(router.context())).isEqualTo(Balances.NOTHING));
            assertThat(ask(router, SLOW, SMALL_BLOCK).statusCode()).isEqualTo(200);
        }
    }

    /// The losers' answers are read for their hashes and gone.
    private static void awaitOnlyHeldBy(FurtherRouter router, int readers) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Balances.of(router.context()).heldBytes() < readers * 900_000L);
    }

    private static String balanceOf(String id) {
        var body = "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":90},\"value\":7},\"id\":" + id + "}";
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static void awaitAnswered(FurtherRouter router, String key) {
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(ask(router, key, BALANCE).body()).contains("\"result\""));
    }

    private static HttpResponse<String> ask(FurtherRouter router, String key, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + router.port() + "/"))
                .header("X-API-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    /// Reads the head of its answer, and the rest when it is asked to.
    private static final class Reader implements AutoCloseable {

        private final Socket socket = new Socket();
        private String race = "";

        Reader(int port) throws IOException {
            socket.setReceiveBufferSize(64 * 1024);
            socket.setSoTimeout(10_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: edge\r\nX-API-Key: " + SLOW + "\r\nContent-Length: "
                                    + BLOCK.length() + "\r\n\r\n" + BLOCK)
                            .getBytes(UTF_8));
            for (var line = line(); !line.isEmpty(); line = line()) {
                if (line.startsWith("X-StreamSync-Race: ")) {
                    race = line.substring(line.indexOf(' ') + 1);
                }
            }
        }

        String race() {
            return race;
        }

        /// How many bytes of it come, up to its end.
        long rest() throws IOException {
            var in = socket.getInputStream();
            var buffer = new byte[64 * 1024];
            var all = 0L;
            var end = "";
            while (!end.endsWith("\r\n0\r\n\r\n")) {
                var count = in.read(buffer);
                assertThat(count).isPositive();
                all += count;
                end = end.substring(Math.max(0, end.length() - 7)) + new String(buffer, 0, count, UTF_8);
                end = end.substring(Math.max(0, end.length() - 7));
            }
            return all;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        private String line() throws IOException {
            var line = new StringBuilder();
            var in = socket.getInputStream();
            for (var b = in.read(); b != '\n'; b = in.read()) {
                assertThat(b).isNotNegative();
                if (b != '\r') {
                    line.append((char) b);
                }
            }
            return line.toString();
        }
    }
}
