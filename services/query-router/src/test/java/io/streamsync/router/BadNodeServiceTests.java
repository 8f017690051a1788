package io.streamsync.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetector.Level;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.router.node.ScriptedNode.Said;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/// Everything that a node may say instead of an answer: a failure of its own, which costs the customer nothing.
@ExtendWith(OutputCaptureExtension.class)
class BadNodeServiceTests extends StartedRouter {

    private static final String ANSWER =
            "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":90},\"value\":7},\"id\":1}";
    private static Level before = Level.SIMPLE;

    @BeforeAll
    static void watchEveryBuffer() {
        before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(Level.PARANOID);
    }

    @AfterAll
    static void watchAsBefore() {
        ResourceLeakDetector.setLevel(before);
    }

    static List<Named<Said>> faults() {
        return List.of(
                Named.of("garbage", Said.raw("\0\1\2 garbage\r\n\r\n").thenCloses()),
                Named.of(
                        "another protocol",
                        Said.raw("SSH-2.0-OpenSSH_9.9\r\n\r\n").thenCloses()),
                Named.of("nothing", Said.raw("").thenCloses()),
                Named.of(
                        "half a head", Said.raw("HTTP/1.1 200 OK\r\nContent-Le").thenCloses()),
                Named.of(
                        "half an answer",
                        Said.raw(head("Content-Length: 500") + ANSWER).thenCloses()),
                Named.of(
                        "half an answer of HTTP/1.0",
                        Said.raw("HTTP/1.0 200 OK\r\n\r\n{\"jsonrpc\":").thenCloses()),
                Named.of("silence in the middle", Said.raw(head("Content-Length: 500") + ANSWER)),
                Named.of("another id", Said.body(ANSWER)),
                Named.of("no JSON", Said.body("<html>busy</html>")),
                Named.of("a list", Said.body("[" + ANSWER + "]")),
                Named.of("bytes behind the answer", Said.body(ANSWER + ANSWER)),
                Named.of("pieces without end", Said.raw(head("Transfer-Encoding: chunked") + "5\r\n{\"jso\r\n")),
                Named.of("a piece of no length", Said.raw(head("Transfer-Encoding: chunked") + "zz\r\n")),
                Named.of(
                        "two lengths",
                        Said.raw(head("Content-Length: 5\r\nContent-Length: 9") + ANSWER)
                                .thenCloses()),
                Named.of(
                        "a length below zero",
                        Said.raw(head("Content-Length: -1") + ANSWER).thenCloses()),
                Named.of(
                        "a length and pieces",
                        Said.raw(head("Content-Length: 4\r\nTransfer-Encoding: chunked") + "1\r\n{\r\n0\r\n\r\n"
                                + head("X: y"))),
                Named.of(
                        "huge headers",
                        Said.raw(head("X: " + "x".repeat(40_000)) + ANSWER).thenCloses()),
                Named.of("headers without end", Said.raw("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(20_000))),
                Named.of(
                        "redirect",
                        Said.raw(
                                "HTTP/1.1 307 Temporary\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")),
                Named.of("no content", Said.raw("HTTP/1.1 204 No Content\r\n\r\n")),
                Named.of(
                        "switching protocols",
                        Said.raw("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n")),
                Named.of("continue for ever", Said.raw("HTTP/1.1 100 Continue\r\n\r\n".repeat(50))),
                Named.of(
                        "a long page of an error",
                        Said.raw("HTTP/1.1 500 Oops\r\nContent-Length: 900000\r\n\r\n" + "x".repeat(900_000))),
                Named.of(
                        "not gzip",
                        Said.raw(head("Content-Encoding: gzip\r\nContent-Length: " + ANSWER.length()) + ANSWER)),
                Named.of(
                        "an unknown packing",
                        Said.raw(head("Content-Encoding: br\r\nContent-Length: " + ANSWER.length()) + ANSWER)),
                Named.of("a bomb", bomb()));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void countsAsAFailureAndCostsNothing(Said fault, CapturedOutput output) {
        market.allSay(fault);

        var response = balance(RICH);

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue("0");
        var verified = stream.verified(race(response));
        assertThat(verified.status()).isEqualTo(RaceStatus.NO_ANSWER);
        assertThat(verified.feeNano()).isZero();
        assertThat(verified.results()).extracting(Result::outcome).containsOnly(PlaceOutcome.FAILURE);
        assertThat(output).doesNotContain("LEAK:");
    }

    @ParameterizedTest
    @MethodSource("faults")
    void leavesTheOthersAlone(Said fault, CapturedOutput output) {
        market.node(0).says(_ -> fault);
        market.node(1).says(_ -> fault.after(Duration.ofMillis(1)));

        for (var i = 0; i < 3; i++) {
            assertThat(balance(RICH).statusCode()).isEqualTo(200);
        }
        assertThat(output).doesNotContain("LEAK:");
    }

    private static String head(String headers) {
        return "HTTP/1.1 200 OK\r\n" + headers + "\r\n\r\n";
    }

    /// Twenty megabytes in twenty kilobytes, in a batch as well as alone.
    private static Said bomb() {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write("{\"jsonrpc\":\"2.0\",\"id\":1,\"x\":\"".getBytes(UTF_8));
            gzip.write("x".repeat(20_000_000).getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var head =
                head("Content-Encoding: gzip\r\nContent-Length: " + out.size()).getBytes(UTF_8);
        var all = new ByteArrayOutputStream();
        all.writeBytes(head);
        all.writeBytes(out.toByteArray());
        return Said.bytes(all.toByteArray());
    }
}
