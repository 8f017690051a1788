package io.streamsync.router;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.streamsync.router.RawClient.Response;
import io.streamsync.router.race.Balances;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.core.JacksonException;

/// Whatever strangers send to the started router: it is answered in JSON, by no 500, or the connection ends; nothing of
/// it stays behind.
class FuzzServiceTests extends StartedRouter {

    private static final long SEED = 20_261_122;

    /// Of many that race, buffers of one in so many are followed: that is most of what these tests cost.
    private static final int FOLLOWED = 5;

    private static final ListAppender<ILoggingEvent> LEAKS = new ListAppender<>();

    @Autowired
    private ApplicationContext router;

    @BeforeAll
    static void followEveryBuffer() {
        LEAKS.start();
        ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).addAppender(LEAKS);
        follow(true);
    }

    private static void follow(boolean all) {
        ResourceLeakDetector.setLevel(all ? ResourceLeakDetector.Level.PARANOID : ResourceLeakDetector.Level.SIMPLE);
    }

    /// A buffer that was lost is told at the next one after it was collected.
    @AfterAll
    static void noBufferIsLost() {
        System.gc();
        for (var i = 0; i < 100; i++) {
            ByteBufAllocator.DEFAULT.buffer(16).release();
        }
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
        ((Logger) LoggerFactory.getLogger(ResourceLeakDetector.class)).detachAppender(LEAKS);
        assertThat(LEAKS.list).isEmpty();
    }

    @AfterEach
    void nothingStaysBehind() {
        follow(true);
        promptly()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(Balances.of(router)).isEqualTo(Balances.NOTHING));
        assertThat(balance(RICH).statusCode()).isEqualTo(200);
    }

    @Test
    void bearsRequestsWithBytesChanged() throws IOException {
        var random = new Random(SEED);
        var valid = List.of(
                raw(call("1", "getBalance", "[\"a\"]")),
                raw("[" + call("\"x\"", "getSlot", "[]") + "," + call("2.5", "noSuch", "{\"a\":[null]}") + "]"),
                "GET /v1/solana/blocks/7?api-key=" + RICH + "&racers=1 HTTP/1.1\r\nHost: edge\r\n\r\n",
                "POST /v1/quotes HTTP/1.1\r\nHost: edge\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n"
                        + "{\"method\":\"getSlot\"}",
                "POST /v1/rpc/" + RICH + " HTTP/1.1\r\nHost: edge\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "36\r\n{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"getSlot\",\"params\":[]}\r\n0\r\n\r\n");
        for (var i = 0; i < 3_000; i++) {
            var mutated = mutated(valid.get(i % valid.size()).getBytes(ISO_8859_1), random);
            try (var client = new RawClient(port)) {
                client.send(mutated).ends();
                for (var answer = client.next(); answer != null; answer = client.next()) {
                    assertSound(answer, mutated);
                }
            } catch (SocketException reset) {
                // an end too: what was sent beyond a refusal is not read
            }
        }
    }

    @Test
    void bearsBodiesWithBytesChanged() throws IOException {
        var random = new Random(SEED);
        var valid = List.of(
                call("1", "getBalance", "[\"a\",{\"commitment\":\"finalized\",\"minContextSlot\":3}]"),
                "[" + call("1", "getBalance", "[\"a\"]") + "," + call("\"é\\u00e9\"", "getSlot", "[1e3,-0.1]") + "]");
        try (var client = new RawClient(port)) {
            for (var i = 0; i < 3_000; i++) {
                follow(i % FOLLOWED == 0);
                var body = mutated(valid.get(i % valid.size()).getBytes(UTF_8), random);
                var answer = client.send(framed(body)).answer();

                assertSound(answer, body);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "1e400",
                "1E-400",
                "0.1",
                "-0",
                "123456789012345678901234567890",
                "\"\"",
                "\"\\u0000\\uD83D\\uDE00\\\\\\\"\"",
                "\"\\r\\nX-Injected: 1\"",
                "null"
            })
    void echoesIdsByTheLetter(String id) throws IOException {
        try (var client = new RawClient(port)) {
            var answer = client.send(framed(call(id, "getBalance", "[\"a\"]").getBytes(UTF_8)))
                    .answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).endsWith(",\"id\":" + id + "}");
            assertThat(answer.header("x-injected")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "[1]",
                "true",
                "false",
                "01",
                "NaN",
                "0x1",
                "-",
                "1.",
                "'1'",
                "\"\\ud800\"",
                "\"\t\n\""
            })
    void refusesWhatIsNoId(String id) throws IOException {
        assertThat(refusal(call(id, "getBalance", "[\"a\"]"))).isIn(-32600, -32700);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a batch of nothing        | []                                                                     | -32600
            a text                    | "getSlot"                                                              | -32600
            a number                  | 7                                                                      | -32600
            nothing                   |                                                                        | -32700
            half                      | {"jsonrpc":"2.0","id":1,"method":"getSl                                | -32700
            more                      | {"jsonrpc":"2.0","id":1,"method":"getSlot"}}                           | -32700
            two                       | {"jsonrpc":"2.0","id":1,"method":"getSlot"}{}                          | -32700
            a method twice            | {"jsonrpc":"2.0","id":1,"method":"getSlot","method":"getBalance"}      | -32600
            an id twice               | {"jsonrpc":"2.0","id":1,"id":2,"method":"getSlot"}                     | -32600
            params twice              | {"jsonrpc":"2.0","id":1,"method":"getSlot","params":[],"params":[1]}   | -32600
            a hidden second method    | {"jsonrpc":"2.0","id":1,"method":"getSlot","m\\u0065thod":"getBalance"} | -32600
            another version           | {"jsonrpc":"1.0","id":1,"method":"getSlot"}                            | -32600
            params that are a text    | {"jsonrpc":"2.0","id":1,"method":"getSlot","params":"[]"}              | -32600
            """)
    void refusesWhatIsNoRpc(String name, @Nullable String body, int code) throws IOException {
        assertThat(refusal(body == null ? "" : body)).as(name).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"[,100000", "{\"a\":,100000", "[,65", "{\"jsonrpc\":,70"})
    void refusesDeepNests(String opening, int times) throws IOException {
        assertThat(refusal(opening.repeat(times))).isIn(-32600, -32700);
        assertThat(refusal("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\",\"params\":" + opening.repeat(times)))
                .isIn(-32600, -32700);
    }

    @Test
    void refusesBatchesAndBodiesBeyondTheLimits() throws IOException {
        var many = "[" + String.join(",", Collections.nCopies(10_000, call("1", "getSlot", "[]"))) + "]";
        var large = call("1", "getBalance", "[\"" + "x".repeat(10_000_000) + "\"]");

        assertThat(refusal(many)).isEqualTo(-31006);
        try (var client = new RawClient(port)) {
            client.send("POST / HTTP/1.1\r\nHost: edge\r\nX-API-Key: " + RICH + "\r\nContent-Length: " + large.length()
                    + "\r\n\r\n" + large.substring(0, 1000));
            assertThat(client.answer().status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-StreamSync-Max-Latency",
                "X-StreamSync-Max-Price",
                "X-StreamSync-Prefer",
                "X-StreamSync-Racers",
                "X-StreamSync-Verify",
                "X-StreamSync-Operators",
                "X-StreamSync-Exclude-Operators",
                "X-StreamSync-Min-Slot"
            })
    void refusesAbsurdWishes(String header) throws IOException {
        var absurd = List.of(
                "",
                " ",
                "-1",
                "0",
                "1e99",
                "NaN",
                "\u00e9",
                "99999999999999999999999999",
                "0.0000000000000000001",
                "x,y,,",
                "\"",
                "%00",
                "a\tb",
                "5+5",
                "ms",
                "1d",
                "true",
                "null",
                ",",
                ";drop",
                "x".repeat(8_000));
        try (var client = new RawClient(port)) {
            for (var value : absurd) {
                var body = call("\"w\"", "getBalance", "[\"a\"]");
                var answer = client.send("POST / HTTP/1.1\r\nHost: edge\r\nX-API-Key: " + RICH + "\r\n" + header + ": "
                                + value + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                        .answer();

                assertThat(answer.status()).as(value).isIn(200, 400, 503);
                assertThat(answer.body()).as(value).endsWith("\"id\":\"w\"}");
                assertSound(answer, value.getBytes(UTF_8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/?max-price=%0d%0aX-Injected:%201",
                "/?racers=%",
                "/?racers=%zz",
                "/?api-key=%00",
                "/?racers=1&racers=2",
                "/v1/rpc?operators=" + "a,",
                "/?min-slot=%F0%9F",
                "/?&&&===",
                "/?=1",
                "/?prefer=\u00e9"
            })
    void injectsNothingByParameters(String path) throws IOException {
        var body = call("1", "getBalance", "[\"a\"]");
        try (var client = new RawClient(port)) {
            var answer = client.send("POST " + path + " HTTP/1.1\r\nHost: edge\r\nX-API-Key: " + RICH
                            + "\r\nOrigin: x\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                    .answer();

            assertThat(answer.status()).isIn(200, 400);
            assertThat(answer.header("x-injected")).isNull();
            assertSound(answer, path.getBytes(UTF_8));
        }
    }

    @Test
    void reflectsNoLineEndsInPreflights() throws IOException {
        try (var client = new RawClient(port)) {
            var answer = client.send(
                            "OPTIONS / HTTP/1.1\r\nHost: edge\r\nOrigin: x\r\nAccess-Control-Request-Method: POST"
                                    + "\r\nAccess-Control-Request-Headers: a\u0001b, \u00e9\r\n\r\n")
                    .answer();

            assertThat(answer.status()).isIn(204, 400);
        }
    }

    private static void assertSound(Response answer, byte[] sent) {
        var what = new String(sent, ISO_8859_1);
        assertThat(answer.status()).as(what).isNotEqualTo(500);
        if (answer.status() >= 200 && !answer.body().isEmpty()) {
            try {
                JSON.readTree(answer.body());
            } catch (JacksonException notJson) {
                assertThat(answer.header("content-type")).as(what).startsWith("text/");
            }
        }
    }

    private int refusal(String body) throws IOException {
        try (var client = new RawClient(port)) {
            var answer = client.send(framed(body.getBytes(UTF_8))).answer();
            assertThat(answer.header("x-streamsync-race")).isNull();
            return JSON.readTree(answer.body()).path("error").path("code").asInt();
        }
    }

    private static byte[] framed(byte[] body) {
        var request = new ByteArrayOutputStream();
        request.writeBytes(("POST / HTTP/1.1\r\nHost: edge\r\nX-API-Key: " + RICH + "\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    /// One to four bytes changed, left out, doubled or put in; often ones that mean something.
    private static byte[] mutated(byte[] valid, Random random) {
        var out = new ByteArrayOutputStream();
        var changes = 1 + random.nextInt(4);
        var at = random.ints(changes, 0, valid.length).sorted().toArray();
        var next = 0;
        for (var i = 0; i < valid.length; i++) {
            if (next < at.length && at[next] == i) {
                change(valid, i, random, out);
                while (next < at.length && at[next] == i) {
                    next++;
                }
            } else {
                out.write(valid[i]);
            }
        }
        return out.toByteArray();
    }

    private static void change(byte[] valid, int i, Random random, ByteArrayOutputStream out) {
        var signs = "\r\n\0 :;,.\"\\{}[]%?&=/0129eE+-\u007f\u0080\u00c3\u00ff";
        switch (random.nextInt(5)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.write(signs.charAt(random.nextInt(signs.length())));
            case 2 -> {}
            case 3 -> out.write(valid, i, Math.min(valid.length - i, 1 + random.nextInt(40)));
            default -> {
                out.write(signs.charAt(random.nextInt(signs.length())));
                out.write(valid[i]);
            }
        }
    }
}
