package io.streamsync.router.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.router.journal.Incarnation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PayloadsTests {

    private static final long MINUTE = 60_000;
    private static final int SIZE = 10_000;

    private final RaceIds ids = RaceIds.of(new byte[16]);
    private final AtomicLong now = new AtomicLong(1_000_000_000);
    private final Payloads payloads =
            new Payloads(SIZE, ids, new Incarnation(7, 3), () -> Instant.ofEpochMilli(now.get()));

    @Test
    void tellsTheCustomersCallAndWhatEachPlaceSaid() {
        payloads.keep(payload(42, "18446744073709551615"));

        assertThat(find(42))
                .hasValue("{\"request\":{\"jsonrpc\":\"2.0\",\"id\":\"its own\",\"method\":\"getSlot\"},\"answers\":["
                        + "{\"nodeId\":\"n1\",\"operatorId\":\"o1\",\"answer\":18446744073709551615},"
                        + "{\"nodeId\":\"n2\",\"operatorId\":\"o2\",\"answer\":null}]}");
    }

    @Test
    void tellsOfEachPlaceWhatItSaidItself() {
        var answers = List.of("17", "18", "17", "\"17\"", "18", "17");

        payloads.keep(payload(42, answers.toArray(String[]::new)));

        assertThat(find(42).orElseThrow().split("\"answer\":"))
                .extracting(part -> part.substring(0, part.indexOf('}')))
                .containsExactly(
                        "{\"request\":{\"jsonrpc\":\"2.0\",\"id\":\"its own\",\"method\":\"getSlot\"",
                        "17",
                        "18",
                        "17",
                        "\"17\"",
                        "18",
                        "17",
                        "null");
    }

    @Test
    void keepsWhatManySaidOnce() {
        var large = "\"" + "x".repeat(1_000) + "\"";

        assertThat(payload(42, large, large, large).encode())
                .hasSizeLessThan(payload(42, large).encode().length + 100);
    }

    @Test
    void keepsNoAnswerThatIsTooLong() {
        payloads.keep(payload(42, "\"" + "x".repeat(Payload.LARGEST_PIECE) + "\""));

        assertThat(find(42).orElseThrow()).contains("{\"nodeId\":\"n1\",\"operatorId\":\"o1\",\"answer\":null}");
    }

    @Test
    void knowsOnlyItsOwnRacesByTheirWholeId() {
        payloads.keep(payload(42, "1"));

        assertThat(payloads.find(ids.seal(new RaceAddress(7, 4, 42), now.get())))
                .isEmpty();
        assertThat(payloads.find(ids.seal(new RaceAddress(8, 3, 42), now.get())))
                .isEmpty();
        assertThat(payloads.find(ids.seal(new RaceAddress(7, 3, 42), now.get() + 1)))
                .isEmpty();
        assertThat(payloads.find("42")).isEmpty();
    }

    @Test
    void forgetsAfterTenMinutes() {
        payloads.keep(payload(1, "1"));
        var kept = id(1, now.get());
        now.addAndGet(10 * MINUTE);
        assertThat(payloads.find(kept)).isPresent();

        now.incrementAndGet();

        assertThat(payloads.find(kept)).isEmpty();
    }

    @Test
    void forgetsTheOldestWhereThereIsNoRoom() {
        var answer = "\"" + "x".repeat(4_000) + "\"";
        for (var sequence = 2; sequence <= 50; sequence++) {
            payloads.keep(payload(sequence, answer));

            assertThat(find(sequence).orElseThrow()).contains(answer);
            assertThat(find(sequence - 1).isPresent()).isEqualTo(sequence > 2);
            assertThat(find(sequence - 2)).isEmpty();
        }
    }

    @Test
    void keepsNoCallWithALongId() {
        var request = new byte[100];

        var tooLong = new Payload(1, 0, new byte[Payload.LARGEST_PIECE + 1], request, List.of());

        assertThat(new String(Payload.json(tooLong.encode()), UTF_8)).isEqualTo("{\"request\":null,\"answers\":[]}");
    }

    private Optional<String> find(long sequence) {
        return payloads.find(id(sequence, now.get())).map(json -> new String(json, UTF_8));
    }

    private String id(long sequence, long millis) {
        return ids.seal(new RaceAddress(7, 3, sequence), millis);
    }

    /// One place more than answers, which says nothing.
    private Payload payload(long sequence, String... answers) {
        var request = "{\"jsonrpc\":\"2.0\",\"id\":" + sequence + ",\"method\":\"getSlot\"}";
        var said = new ArrayList<Payload.Said>();
        for (var answer : answers) {
            said.add(said(said.size() + 1, answer));
        }
        said.add(new Payload.Said(new NodeId("n" + (said.size() + 1)), new OperatorId("o" + (said.size() + 1)), null));
        return new Payload(sequence, now.get(), "\"its own\"".getBytes(UTF_8), request.getBytes(UTF_8), said);
    }

    private static Payload.Said said(int place, String answer) {
        var body = ("{\"jsonrpc\":\"2.0\",\"result\":" + answer + ",\"id\":1}").getBytes(UTF_8);
        return new Payload.Said(
                new NodeId("n" + place),
                new OperatorId("o" + place),
                NodeAnswer.parse(body, "getTransactionCount", "1"));
    }
}
