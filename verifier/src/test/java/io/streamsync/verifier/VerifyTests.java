package io.streamsync.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.EpochPage.Skips;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The command against a market's pages over HTTP.
class VerifyTests {

    private static final String EPOCH = Long.toString(Installation.WINDOW);
    private static final String SETTLEMENT = "/v1/settlements/" + EPOCH;

    private final Installation market = new Installation(13, 10_000);
    private final Published published = market.publish();
    private final PublishedPages pages = new PublishedPages(published);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CountDownLatch ended = new CountDownLatch(1);

    @AfterEach
    void close() {
        ended.countDown();
        pages.close();
    }

    @Test
    void saysThatEverythingFits() {
        assertThat(run()).isZero();

        assertThat(out.toString())
                .contains("Epoch " + EPOCH, "rebuild the signed root", "draws replayed", "Everything fits.")
                .contains(published
                        .settlement(Installation.WINDOW)
                        .orElseThrow()
                        .header()
                        .publicKey())
                .contains(market.parameters.version() + ": explorationProbability 150000");
    }

    @Test
    void saysExactlyWhatDoesNotFit() {
        var changed = new HashMap<>(market.parameters.published());
        changed.put("verifiersShare", 1_999);
        published.parameters.put(market.parameters.version(), changed);

        assertThat(run()).isEqualTo(1);

        assertThat(out.toString())
                .contains(
                        "PARAMETERS_CHANGED (1)",
                        "the parameters: expected those of version " + market.parameters.version()
                                + ", found those of version 1+")
                .contains("things do not fit");
    }

    @Test
    void followsTheListWhereEpochsAreNumberedAnew() {
        published.renumberTheFirst(Installation.BEFORE / 2);

        run();

        assertThat(out.toString()).contains("Epoch " + EPOCH).doesNotContain("CHAIN_BROKEN", "RANGE_GAP");
    }

    @Test
    void tellsProgramsInJson() {
        assertThat(run("--json")).isZero();

        var json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.required("fits").booleanValue()).isTrue();
        assertThat(json.required("races").longValue())
                .isPositive()
                .isEqualTo(json.required("replayed").longValue());
        assertThat(json.required("sums").required("charged").stringValue())
                .isEqualTo(Amount.decimal(published
                        .settlement(Installation.WINDOW)
                        .orElseThrow()
                        .header()
                        .sums()
                        .charged()));
        assertThat(json.required("findings")).isEmpty();
    }

    @Test
    void holdsReceiptsAgainstTheWindow(@TempDir Path directory) throws IOException {
        var receipts = directory.resolve("receipts.jsonl");
        var lines = published.receipts(Installation.WINDOW).stream()
                .map(receipt -> "{\"raceId\":\"%s\",\"price\":\"%s\"}"
                        .formatted(
                                receipt.raceId(),
                                Amount.decimal(
                                        Optional.ofNullable(receipt.feeNano()).orElseThrow())))
                .collect(Collectors.joining("\n"));
        Files.writeString(receipts, lines + "\n");

        assertThat(run("--receipts", receipts.toString())).isZero();
        assertThat(out.toString())
                .contains(published.receipts(Installation.WINDOW).size() + " proven");

        Files.writeString(receipts, lines + "\n{\"raceId\":\"" + "0".repeat(32) + "\",\"price\":\"0.000004\"}\n");

        assertThat(run("--receipts", receipts.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("RACE_OMITTED (1)", "race " + "0".repeat(32));
    }

    @Test
    void holdsWhatWasAskedAgainstTheWindow(@TempDir Path directory) throws IOException {
        var receipts = directory.resolve("receipts.jsonl");
        var race = market.stream(Installation.STEADY).all(Answered.class).stream()
                .filter(answered -> answered.race().epoch() == Installation.WINDOW
                        && answered.outcome().winner() >= 0
                        && answered.race().terms().equals(Terms.standard(3)))
                .findFirst()
                .orElseThrow();
        var json = JsonMapper.builder().build().createObjectNode();
        json.put("raceId", Published.raceId(Installation.STEADY, race));
        json.put("price", Amount.decimal(race.outcome().feeNano()));
        var micros = race.outcome().latencyMicros();
        json.put("latency", micros / 1_000 + "." + "%03d".formatted(micros % 1_000));
        json.put("method", race.race().method());
        json.put("params", TestRouter.params(Installation.STEADY, race.race().sequence()));
        json.putObject("wishes").put("prefer", "balanced").put("racers", "3");
        Files.writeString(receipts, json + "\n");

        assertThat(run("--receipts", receipts.toString())).isZero();
        assertThat(out.toString()).contains("1 proven");

        json.putObject("wishes").put("maxPrice", "0.000004").put("maxLatency", "50ms");
        Files.writeString(receipts, json + "\n");

        assertThat(run("--receipts", receipts.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("expected a ceiling of 0.000004 USDC, found no ceiling", "expected an SLA of 50 ms");
    }

    @Test
    void cannotCheckWithReceiptsThatAreNone(@TempDir Path directory) throws IOException {
        var receipts = directory.resolve("receipts.jsonl");
        for (var garbage : List.of(
                "{\"race\":1}",
                "[]",
                "null",
                "{\"raceId\":\"00\",\"price\":\"1e9\"}",
                "{\"raceId\":\"00\",\"sla\":\"kept\"}",
                "{\"raceId\":\"00\",\"latency\":\"1e999999999\"}",
                "{\"raceId\":\"00\",\"method\":\"getSlot\",\"params\":[]}",
                "{\"raceId\":\"00\",\"wishes\":{\"max-price\":\"1\"}}",
                "{\"raceId\":\"00\",\"wishes\":[]}")) {
            Files.writeString(receipts, garbage + "\n");

            assertThat(run("--receipts", receipts.toString())).as(garbage).isEqualTo(2);
            assertThat(err.toString()).contains("line 1 is no receipt");
            err.getBuffer().setLength(0);
        }
    }

    @Test
    void insistsOnAKeyThatIsKnown() {
        var key =
                published.settlement(Installation.WINDOW).orElseThrow().header().publicKey();

        assertThat(run("--key", key)).isZero();
        assertThat(run("--key", "ab".repeat(32))).isEqualTo(1);
        assertThat(out.toString()).contains("KEY_CHANGED");
        assertThat(run("--key", "secret")).isEqualTo(2);
        assertThat(run("--key", "ab")).isEqualTo(2);
    }

    @Test
    void cannotCheckAnEpochThatIsNotSealed() {
        pages.odd.put(SETTLEMENT, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(409, -1);
            }
        });

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("is not settled");
    }

    @Test
    void cannotCheckWhereNobodyAnswers() {
        pages.close();

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains(SETTLEMENT);
    }

    @Test
    void cannotCheckGarbage() {
        for (var garbage : new String[] {
            "<html>",
            "{}",
            "[]",
            "{\"header\":\"!\"}",
            "null",
            "{\"header\":7}",
            "[".repeat(100_000),
            "9".repeat(100_000)
        }) {
            pages.odd.put(
                    SETTLEMENT,
                    exchange -> PublishedPages.send(exchange, Optional.of(garbage.getBytes(StandardCharsets.UTF_8))));

            assertThat(run()).as(garbage).isEqualTo(2);
        }
    }

    @Test
    void followsNobodyElsewhere() {
        pages.odd.put(SETTLEMENT, exchange -> {
            try (exchange) {
                exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
                exchange.sendResponseHeaders(302, -1);
            }
        });

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("status 302");
    }

    @Test
    void cannotCheckLeavesThatAreCutShort() {
        pages.odd.put(
                SETTLEMENT + "/leaves",
                exchange -> PublishedPages.send(exchange, Optional.of(new byte[] {0, 1, 0, 1, 0})));

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("ends within a leaf");
    }

    @Test
    void cannotCheckAnEpochWhoseRecordsAreNotKept() {
        pages.odd.put(SETTLEMENT + "/leaves", exchange -> PublishedPages.send(exchange, Optional.empty()));

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("are not published");
    }

    @Test
    void doesNotPassAnEpochOfWhichNobodyKnowsWhatWasOpen() {
        pages.odd.put(
                "/v1/settlements/" + Installation.BEFORE + "/leaves",
                exchange -> PublishedPages.send(exchange, Optional.empty()));

        assertThat(run()).isEqualTo(2);
        assertThat(out.toString()).contains("what was open is not known");
    }

    /// Records are dropped after months, and that may be while they are read.
    @Test
    void accusesNobodyOfRecordsThatAreDroppedWhileTheyAreRead() {
        pages.odd.put(
                SETTLEMENT + "/leaves?from=0",
                exchange -> PublishedPages.send(
                        exchange,
                        Optional.of(
                                market.leaves(Installation.WINDOW).getFirst().encode())));
        pages.odd.put(SETTLEMENT + "/leaves", exchange -> PublishedPages.send(exchange, Optional.empty()));

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("from 1 on are not published any more");
    }

    @Test
    void missesLeavesOfALaterPage() {
        pages.odd.put(SETTLEMENT + "/leaves", exchange -> PublishedPages.send(exchange, Optional.of(new byte[0])));

        assertThat(run()).isEqualTo(1);
        assertThat(out.toString()).contains("LEAF_COUNT", "ROOT");
    }

    @Test
    void readsNoMoreThanAPageMayHold() {
        var block = new byte[1 << 20];
        pages.odd.put(SETTLEMENT, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                for (var i = 0; i < 64; i++) {
                    exchange.getResponseBody().write(block);
                }
            } catch (IOException refused) {
                // what is expected of a reader with a bound
            }
        });

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("more than");
    }

    @Test
    void readsThePageOfAnEpochOfThousandsOfOperators() {
        Forger.page(published, Installation.WINDOW, page -> {
            var skips = new ArrayList<>(page.skips());
            IntStream.range(0, 60_000).forEach(number -> skips.add(new Skips("%036d".formatted(number), 1, 1)));
            return new RouterPage(page.stream(), page.commitment(), page.secret(), page.taken(), skips);
        });

        assertThat(run()).isZero();
    }

    @Test
    void waitsForNobodyForEver() {
        pages.odd.put(SETTLEMENT, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            awaitEnd();
        });

        assertThat(run("--timeout", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("not answered within 1 s");
    }

    /// Each answer has its time, and all of them have one together.
    @Test
    void waitsForNobodyForEverPageByPage() {
        var leaves = market.leaves(Installation.WINDOW);
        var asked = new AtomicInteger();
        pages.odd.put(SETTLEMENT + "/leaves", exchange -> {
            var page = asked.getAndIncrement();
            if (page == 2) {
                awaitEnd();
            }
            PublishedPages.send(exchange, Optional.of(leaves.get(page).encode()));
        });

        assertThat(run("--within", "2")).isPositive();
        assertThat(out.toString() + err).contains("took longer than 2 s in all");
    }

    /// A market that goes on when nobody waits for it any more.
    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int run(String... more) {
        var command = Verify.command();
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        var arguments =
                new ArrayList<>(List.of("--epoch", EPOCH, "--url", pages.url().toString()));
        arguments.addAll(List.of(more));
        return command.execute(arguments.toArray(String[]::new));
    }
}
