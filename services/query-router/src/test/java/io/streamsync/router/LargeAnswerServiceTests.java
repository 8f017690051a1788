package io.streamsync.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.router.node.ScriptedNode.Asked;
import io.streamsync.router.node.ScriptedNode.Said;
import io.streamsync.router.node.ScriptedNode.Speech;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Answers above what the router holds, as customers of the started router meet them.
class LargeAnswerServiceTests extends StartedRouter {

    private static final String BLOCK = call("\"my id\"", "getBlock", "[7]");
    private static final byte[] LARGE = new LargeBlock(700_000).bytes();
    private static final byte[] BOMB = bomb();

    @Test
    void streamsABlockByteForByteAndWritesDownItsHash() {
        var block = new LargeBlock(7_000_000);
        var bytes = block.bytes();
        allSpeak(block::answer);

        var response = ask(BLOCK);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(around(bytes));
        assertThat(response.headers().firstValue("X-StreamSync-Sla")).hasValue("none");
        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue("0.000004");
        assertThat(response.headers().firstValue("Content-Length")).isEmpty();
        var verified = stream.verified(race(response));
        assertThat(verified.answerHash()).isEqualTo(Sha256.hex(bytes));
        assertThat(verified.status()).isEqualTo(RaceStatus.CONFIRMED);
        assertThat(verified.results()).extracting(Result::verdict).containsOnly(Verdict.WINS, Verdict.AGREES);
        assertThat(stream.answered(race(response)).outcome().sla()).isNull();
    }

    static List<Named<Speech>> framings() {
        return List.of(
                Named.of("with a length", (asked, out) -> sayWithLength(out, answer(asked, LARGE))),
                Named.of("with the id in front", (asked, out) -> sayWithLength(out, idFirst(asked))),
                Named.of("in pieces", (asked, out) -> sayInPieces(out, answer(asked, LARGE))),
                Named.of(
                        "packed",
                        (asked, out) -> sayWithLength(out, packed(answer(asked, LARGE)), "Content-Encoding: gzip")),
                Named.of("up to the end of the connection", (asked, out) -> {
                    out.write("HTTP/1.0 200 OK\r\n\r\n".getBytes(UTF_8));
                    out.write(answer(asked, LARGE));
                    throw new IOException("everything is said");
                }));
    }

    @ParameterizedTest
    @MethodSource("framings")
    void streamsWhateverTheNodesFraming(Speech framing) {
        allSpeak(framing);

        assertThat(ask(BLOCK).body()).isEqualTo(around(LARGE));
        assertThat(ask(BLOCK).body()).isEqualTo(around(LARGE));
    }

    @Test
    void asksForPackedAnswersWhereTheyAreLong() {
        allSpeak((asked, out) -> sayWithLength(out, answer(asked, LARGE)));
        ask(call("1", "getBlock", "[70]"));
        market.allSay(Said.result("{\"context\":{\"slot\":90},\"value\":7}"));
        ask(call("1", "getBalance", "[\"short\"]"));

        Awaitility.await().untilAsserted(() -> {
            assertThat(heads("[70]")).hasSize(5).allMatch(head -> head.contains("Accept-Encoding: gzip\r\n"));
            assertThat(heads("[\"short\"]")).hasSize(5).noneMatch(head -> head.contains("Accept-Encoding"));
        });
    }

    @Test
    void packsForClientsThatWantItAndForNoOthers() throws IOException {
        allSpeak((asked, out) -> sayWithLength(out, answer(asked, LARGE)));

        var packed = ask(BLOCK, "Accept-Encoding", "br, gzip;q=0.8");

        assertThat(packed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(packed.body()).hasSizeLessThan(LARGE.length / 5);
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
            assertThat(unpacked.readAllBytes()).isEqualTo(around(LARGE));
        }
        for (var unwanted : List.of("gzip;q=0", "identity", "br")) {
            var plain = ask(BLOCK, "Accept-Encoding", unwanted);
            assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(plain.body()).isEqualTo(around(LARGE));
        }
    }

    @Test
    void streamsToRestAsWell() {
        allSpeak((asked, out) -> sayWithLength(out, answer(asked, LARGE)));

        var response = whole(request(RICH, "/v1/solana/blocks/7").GET());

        var json = JSON.readTree(response.body());
        assertThat(response.body()).startsWith("{\"data\":".getBytes(UTF_8));
        assertThat(json.path("data")).isEqualTo(JSON.readTree(LARGE));
        assertThat(json.path("race").path("sla").asString()).isEqualTo("none");
    }

    @Test
    void holdsALongElementOfABatchWhole() {
        allSpeak((asked, out) -> sayWithLength(out, answer(asked, LARGE)));

        var response = ask("[" + BLOCK + "," + BLOCK + "]");

        var one = new String(around(LARGE), UTF_8);
        assertThat(new String(response.body(), UTF_8)).isEqualTo("[" + one + "," + one + "]");
    }

    @Test
    void chargesForNoMoreOfABatchThanItHasRoomFor() {
        var block = new LargeBlock(5_800_000);
        allSpeak(block::answer);

        var response = ask("[" + String.join(",", Collections.nCopies(3, BLOCK)) + "]");

        var elements = JSON.readTree(response.body());
        assertThat(elements).hasSize(3);
        assertThat(elements).filteredOn(element -> element.has("result")).hasSize(2);
        assertThat(elements)
                .filteredOn(element -> element.has("error"))
                .singleElement()
                .extracting(element -> element.path("error").path("code").asInt())
                .isEqualTo(-31005);
        assertThat(response.headers().firstValue("X-StreamSync-Price")).hasValue("0.000008");
    }

    @Test
    void goesOnWithTheConnectionAfterALargeAnswer() throws IOException {
        allSpeak((asked, out) -> sayWithLength(out, answer(asked, LARGE)));
        try (var client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.getOutputStream().write((raw(BLOCK) + raw(BLOCK) + raw(BLOCK)).getBytes(UTF_8));
            var in = client.getInputStream();
            for (var i = 0; i < 3; i++) {
                assertThat(chunked(in)).isEqualTo(around(LARGE));
            }
        }
    }

    static List<Named<Speech>> breaks() {
        return List.of(
                Named.of("ends early", (asked, out) -> {
                    half(asked, out);
                    throw new IOException("that was all");
                }),
                Named.of("stops", LargeAnswerServiceTests::half),
                Named.of("drips", LargeAnswerServiceTests::drip),
                Named.of("has another id behind", (_, out) -> sayWithLength(out, tailed(",\"id\":99999999}"))),
                Named.of("has no id", (_, out) -> sayWithLength(out, tailed("}"))),
                Named.of(
                        "has a second result",
                        (asked, out) ->
                                sayWithLength(out, tailed(",\"result\":[],\"id\":" + LargeBlock.id(asked) + "}"))),
                Named.of(
                        "has an error too",
                        (asked, out) -> sayWithLength(
                                out, tailed(",\"error\":{\"code\":1},\"id\":" + LargeBlock.id(asked) + "}"))),
                Named.of("has no end", (asked, out) -> sayWithLength(out, tailed(",\"id\":" + LargeBlock.id(asked)))),
                Named.of(
                        "has more behind its end",
                        (asked, out) -> sayWithLength(out, tailed(",\"id\":" + LargeBlock.id(asked) + "}{}"))),
                Named.of("is not packed as it says", (asked, out) -> {
                    var packed = packed(answer(asked, LARGE));
                    packed[packed.length - 5] ^= 1;
                    sayWithLength(out, packed, "Content-Encoding: gzip");
                }),
                Named.of("is a bomb", (_, out) -> sayWithLength(out, BOMB, "Content-Encoding: gzip")));
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void resetsTheConnectionAndRefundsWhatBreaksOff(Speech broken) {
        allSpeak(broken);

        var headers = begun(BLOCK);
        assertThatThrownBy(() -> headers.body().readAllBytes()).isInstanceOf(IOException.class);

        assertThat(headers.headers().firstValue("X-StreamSync-Price")).hasValue("0.000004");
        var verified = stream.verified(race(headers));
        assertThat(verified.status()).isEqualTo(RaceStatus.NO_ANSWER);
        assertThat(verified.feeNano()).isEqualTo(ScriptedMarket.ASK_NANO);
        assertThat(verified.answerHash()).isNull();
        var winner = stream.answered(race(headers)).outcome().winner();
        assertThat(verified.results().get(winner).verdict()).isEqualTo(Verdict.WINS);
        assertThat(verified.results().get(winner).outcome()).isEqualTo(PlaceOutcome.FAILURE);
        assertThat(verified.results().get(winner).latencyMicros()).isPositive();
    }

    @Test
    void takesNothingForAnAnswerWithoutEndWhoseCustomerGivesUp() throws IOException {
        allSpeak(LargeAnswerServiceTests::trickle);

        var given = begun(BLOCK);
        given.body().close();

        var verified = stream.verified(race(given));
        assertThat(verified.status()).isEqualTo(RaceStatus.NO_ANSWER);
        assertThat(verified.feeNano()).isEqualTo(ScriptedMarket.ASK_NANO);
        assertThat(verified.results()).noneMatch(Result::counts);
        assertThat(verified.results())
                .filteredOn(result -> result.verdict() == Verdict.WINS)
                .extracting(Result::reason)
                .containsExactly(Reason.TOO_LARGE);
    }

    @Test
    void readsOnForTheHashWhenTheCustomerLeaves() throws IOException {
        var block = new LargeBlock(20_000_000);
        var wholes = new AtomicLong();
        allSpeak((asked, out) -> {
            try {
                block.answer(asked, out);
            } finally {
                wholes.incrementAndGet();
            }
        });

        var left = begun(BLOCK);
        // the losers are read for their hashes, the winner waits for its customer
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> wholes.get() >= 4);
        left.body().close();

        var verified = stream.verified(race(left));
        assertThat(verified.answerHash()).isEqualTo(Sha256.hex(block.bytes()));
        assertThat(verified.status()).isNotEqualTo(RaceStatus.NO_ANSWER);
    }

    @Test
    void countsTheBreakAgainstTheNodeWhereAnotherAnswered() {
        market.allSay(Said.result(new String(LARGE, UTF_8)).after(Duration.ofMillis(50)));
        market.node(0).speaks((_, out) -> sayWithLength(out, tailed("}")));

        var response = Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> begun(BLOCK), one -> operator(one).equals("op0"));

        assertThat(stream.verified(race(response)).results())
                .filteredOn(result -> result.operatorId().value().equals("op0"))
                .singleElement()
                .extracting(Result::counts)
                .isEqualTo(true);
    }

    private static String operator(HttpResponse<?> response) {
        return response.headers().firstValue("X-StreamSync-Operator").orElseThrow();
    }

    @Test
    void judgesNobodyByOtherBytesButOneRaceInSixteen() {
        // the same value, written in another way
        var other = new String(LARGE, UTF_8)
                .replace("\"err\":null", "\"err\": null")
                .getBytes(UTF_8);
        market.nodes().forEach(node -> node.speaks((asked, out) -> sayWithLength(out, answer(asked, LARGE))));
        market.node(0).speaks((asked, out) -> sayWithLength(out, answer(asked, other)));
        market.node(1).speaks((asked, out) -> sayWithLength(out, answer(asked, other)));

        var sampled = 0;
        var unjudged = 0;
        var races = new ArrayList<CompletableFuture<String>>();
        try (var clients = Executors.newFixedThreadPool(3)) {
            for (var i = 0; i < 240; i++) {
                races.add(CompletableFuture.supplyAsync(() -> race(ask(BLOCK)), clients));
            }
        }
        for (var race : races) {
            var verdicts = verdictsOnTheOtherKind(stream.verified(race.join()).results());
            assertThat(verdicts).doesNotContain(Verdict.DISAGREES);
            sampled += verdicts.contains(Verdict.AGREES) ? 1 : 0;
            unjudged += verdicts.contains(Verdict.UNJUDGED) ? 1 : 0;
        }
        assertThat(sampled).isBetween(1, 40);
        assertThat(unjudged).isGreaterThan(2 * sampled);
    }

    /// Of those who wrote it in another way than the winner.
    private static List<Verdict> verdictsOnTheOtherKind(List<Result> results) {
        var winner = results.stream()
                .filter(result -> result.verdict() == Verdict.WINS)
                .findFirst();
        return results.stream()
                .filter(result -> winner.isPresent() && writesOtherwise(result) != writesOtherwise(winner.get()))
                .map(Result::verdict)
                .toList();
    }

    private static boolean writesOtherwise(Result result) {
        return List.of("op0", "op1").contains(result.operatorId().value());
    }

    @Test
    void holdsNoMoreOfAHundredMegabytesThanOfOne() throws IOException {
        var accounts = new LargeBlock(100_000_000);
        allSpeak(accounts::answer);
        var before = heapInUse();
        var during = new AtomicLong();

        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var hashes = new ArrayList<CompletableFuture<String>>();
            for (var i = 0; i < 2; i++) {
                hashes.add(CompletableFuture.supplyAsync(() -> hashMeasured(during), clients));
            }
            var hash = hashes.getFirst().join();
            assertThat(hashes).allSatisfy(other -> assertThat(other.join()).isEqualTo(hash));
        }
        assertThat(during.get() - before).isLessThan(60_000_000);
    }

    @Test
    void readsTheNodeNoFasterThanTheClientReads() throws Exception {
        var block = new LargeBlock(60_000_000);
        var said = new ArrayList<AtomicLong>();
        market.nodes().forEach(node -> {
            var count = new AtomicLong();
            said.add(count);
            node.speaks((asked, out) -> {
                if (asked.body().contains("getBlock")) {
                    block.answer(asked, counting(out, count));
                } else {
                    sayWithLength(out, answer(asked, "{\"context\":{\"slot\":90},\"value\":7}".getBytes(UTF_8)));
                }
            });
        });
        try (var client = new Socket()) {
            client.setReceiveBufferSize(64 * 1024);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            client.getOutputStream().write(raw(BLOCK).getBytes(UTF_8));
            // losers are read for their hashes, the winner only as far as it is taken
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> said.stream()
                                    .filter(count -> count.get() > 55_000_000)
                                    .count()
                            == 4);

            assertThat(said).filteredOn(count -> count.get() < 25_000_000).hasSize(1);
            assertThat(balance(RICH).statusCode()).isEqualTo(200);
            assertThat(chunked(client.getInputStream())).hasSize(around(block.bytes()).length);
        }
    }

    private HttpResponse<byte[]> ask(String body, String... headers) {
        var request = request(RICH).POST(BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return whole(request);
    }

    private static HttpResponse<byte[]> whole(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<InputStream> begun(String body) {
        return http.sendAsync(request(RICH).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofInputStream())
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    /// Reads it all, and in the middle looks at what the router holds then.
    private String hashMeasured(AtomicLong during) {
        try (var in = new DigestInputStream(begun(BLOCK).body(), MessageDigest.getInstance("SHA-256"))) {
            in.skipNBytes(50_000_000);
            during.accumulateAndGet(heapInUse(), Math::max);
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static List<String> heads(String params) {
        return market.nodes().stream()
                .flatMap(node -> node.asked().stream())
                .filter(asked -> asked.body().contains(params))
                .map(Asked::head)
                .toList();
    }

    private static void allSpeak(Speech speech) {
        market.nodes().forEach(node -> node.speaks(speech));
    }

    private static byte[] answer(Asked asked, byte[] result) {
        return joined("{\"jsonrpc\":\"2.0\",\"result\":", result, ",\"id\":" + LargeBlock.id(asked) + "}");
    }

    private static byte[] idFirst(Asked asked) {
        return joined(" {\"id\" : " + LargeBlock.id(asked) + ", \"jsonrpc\":\"2.0\",\"result\" : ", LARGE, " }\n");
    }

    private static byte[] tailed(String tail) {
        return joined("{\"jsonrpc\":\"2.0\",\"result\":", LARGE, tail);
    }

    private static byte[] around(byte[] result) {
        return joined("{\"jsonrpc\":\"2.0\",\"result\":", result, ",\"id\":\"my id\"}");
    }

    private static byte[] joined(String head, byte[] middle, String tail) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(UTF_8));
        out.writeBytes(middle);
        out.writeBytes(tail.getBytes(UTF_8));
        return out.toByteArray();
    }

    private static byte[] packed(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// More than any answer may have, in 200 KB.
    private static byte[] bomb() {
        var blanks = " ".repeat(1_000_000).getBytes(UTF_8);
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write("{\"jsonrpc\":\"2.0\",\"result\":{\"a\":[".getBytes(UTF_8));
            for (var i = 0; i < 140; i++) {
                gzip.write(blanks);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void sayHead(OutputStream out, int length, String... headers) throws IOException {
        var more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        out.write(("HTTP/1.1 200 OK\r\n" + more + "Content-Length: " + length + "\r\n\r\n").getBytes(UTF_8));
    }

    private static void sayWithLength(OutputStream out, byte[] body, String... headers) throws IOException {
        sayHead(out, body.length, headers);
        out.write(body);
        out.flush();
    }

    private static void sayInPieces(OutputStream out, byte[] body) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(UTF_8));
        for (var from = 0; from < body.length; from += 7_777) {
            var length = Math.min(7_777, body.length - from);
            out.write((Integer.toHexString(length) + "\r\n").getBytes(UTF_8));
            out.write(body, from, length);
            out.write("\r\n".getBytes(UTF_8));
        }
        out.write("0\r\n\r\n".getBytes(UTF_8));
    }

    private static void half(Asked asked, OutputStream out) throws IOException {
        sayHead(out, LARGE.length);
        out.write(answer(asked, LARGE), 0, 600_000);
    }

    private static void drip(Asked asked, OutputStream out) throws IOException {
        half(asked, out);
        try {
            for (var i = 0; i < 1_000; i++) {
                Thread.sleep(10);
                out.write(' ');
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Enough not to be cut off, and without an end.
    private static void trickle(Asked asked, OutputStream out) throws IOException {
        sayHead(out, 100_000_000);
        out.write(answer(asked, LARGE), 0, 600_000);
        try {
            for (var i = 0; i < 400; i++) {
                Thread.sleep(50);
                out.write(" ".repeat(30_000).getBytes(UTF_8));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static OutputStream counting(OutputStream out, AtomicLong count) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                count.addAndGet(length);
            }
        };
    }

    /// The body of the next response on a connection.
    private static byte[] chunked(InputStream in) throws IOException {
        var line = line(in);
        assertThat(line).startsWith("HTTP/1.1 200");
        while (!line.isEmpty()) {
            line = line(in);
        }
        var body = new ByteArrayOutputStream();
        for (var length = Integer.parseInt(line(in), 16); length > 0; length = Integer.parseInt(line(in), 16)) {
            body.writeBytes(in.readNBytes(length));
            line(in);
        }
        line(in);
        return body.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("cut off after: " + line);
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }
}
