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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PayloadsTests {

    private static final long MINUTE = 60_000;

    private final RaceIds ids = RaceIds.of(new byte[16]);
    private final AtomicLong now = new AtomicLong(1_000_000_000);
    private final Payloads payloads =
            new Payloads(10_000, ids, new Incarnation(7, 3), () -> Instant.ofEpochMilli(now.get()));

    @Test
    void tellsTheCustomersCallAndWhatEachPlaceSaid() {
        payloads.keep(payload(42, 100));

        assertThat(find(42))
                .hasValue("{\"request\":{\"jsonrpc\":\"2.0\",\"id\":\"its own\",\"method\":\"getSlot\"},\"answers\":["
                        + "{\"nodeId\":\"n1\",\"operatorId\":\"o1\",\"answer\":18446744073709551615},"
                        + "{\"nodeId\":\"n2\",\"operatorId\":\"o2\",\"answer\":null}]}");
    }

    @Test
    void knowsOnlyItsOwnRacesByTheirWholeId() {
        payloads.keep(payload(42, 100));

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
        payloads.keep(payload(1, 100));
        now.addAndGet(10 * MINUTE);
        payloads.tidy();
        assertThat(payloads.find(id(1, now.get() - 10 * MINUTE))).isPresent();

        now.incrementAndGet();

        assertThat(payloads.find(id(1, now.get() - 10 * MINUTE - 1))).isEmpty();
        payloads.tidy();
        now.addAndGet(-MINUTE);
        assertThat(payloads.find(id(1, now.get() - 9 * MINUTE - 1))).isEmpty();
    }

    @Test
    void forgetsTheOldestWhereThereIsNoRoom() {
        payloads.keep(payload(1, 4_000));
        payloads.keep(payload(2, 4_000));
        payloads.keep(payload(3, 4_000));

        assertThat(find(1)).isEmpty();
        assertThat(find(2)).isPresent();
        assertThat(find(3)).isPresent();
    }

    @Test
    void countsWhatTheCustomersIdTakesAndKeepsNoLongOne() {
        var request = new byte[100];

        var small = Payload.of(1, 0, new byte[1], request, List.of());
        var larger = Payload.of(1, 0, new byte[Payload.LARGEST_PIECE], request, List.of());
        var tooLong = Payload.of(1, 0, new byte[Payload.LARGEST_PIECE + 1], request, List.of());

        assertThat(larger.size() - small.size()).isEqualTo(Payload.LARGEST_PIECE - 1);
        assertThat(tooLong.size()).isLessThan(small.size());
        assertThat(tooLong.callId()).isEmpty();
        assertThat(new String(tooLong.json(), UTF_8)).isEqualTo("{\"request\":null,\"answers\":[]}");
    }

    private Optional<String> find(long sequence) {
        return payloads.find(id(sequence, now.get())).map(json -> new String(json, UTF_8));
    }

    private String id(long sequence, long millis) {
        return ids.seal(new RaceAddress(7, 3, sequence), millis);
    }

    private Payload payload(long sequence, long size) {
        var request = "{\"jsonrpc\":\"2.0\",\"id\":" + sequence + ",\"method\":\"getSlot\"}";
        var body = "{\"jsonrpc\":\"2.0\",\"result\":18446744073709551615,\"id\":1}".getBytes(UTF_8);
        var answer = NodeAnswer.parse(body, "getTransactionCount", "1");
        return new Payload(
                sequence,
                now.get(),
                "\"its own\"".getBytes(UTF_8),
                request.getBytes(UTF_8),
                List.of(
                        new Payload.Said(new NodeId("n1"), new OperatorId("o1"), answer),
                        new Payload.Said(new NodeId("n2"), new OperatorId("o2"), null)),
                size);
    }
}
