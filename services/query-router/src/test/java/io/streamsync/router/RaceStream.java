package io.streamsync.router;

import io.streamsync.events.Topics;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.testing.Backends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/// The records of one router as they arrive in Kafka.
final class RaceStream implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> kafka;
    private final RaceIds ids;
    private final int router;
    private final List<Told> records = new ArrayList<>();

    RaceStream(int router, String raceKey) {
        this.router = router;
        ids = RaceIds.of(HexFormat.of().parseHex(raceKey));
        kafka = new KafkaConsumer<>(
                Map.of("bootstrap.servers", Backends.kafka()), new StringDeserializer(), new ByteArrayDeserializer());
        var partitions = kafka.partitionsFor(Topics.RACES).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        kafka.assign(partitions);
        kafka.seekToBeginning(partitions);
    }

    Answered answered(String raceId) {
        var race = address(raceId);
        return (Answered) await(
                        race,
                        record -> record instanceof Answered answered
                                && answered.race().sequence() == race.sequence())
                .record;
    }

    Verified verified(String raceId) {
        return (Verified) awaitVerified(raceId).record;
    }

    /// How long after the verdict its record was on its way to Kafka.
    Duration sentAfterVerdict(String raceId) {
        var told = awaitVerified(raceId);
        return Duration.ofMillis(told.sentAt - ((Verified) told.record).occurredAt());
    }

    @Override
    public void close() {
        kafka.close();
    }

    private RaceAddress address(String raceId) {
        return ids.open(raceId).orElseThrow().address();
    }

    private Told awaitVerified(String raceId) {
        var race = address(raceId);
        return await(race, record -> record instanceof Verified verified && verified.sequence() == race.sequence());
    }

    private Told await(RaceAddress race, Predicate<StreamRecord> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> find(race.incarnation(), wanted), found -> !found.isEmpty())
                .getFirst();
    }

    /// Another start of the router numbers its races from 0 again.
    private List<Told> find(int incarnation, Predicate<StreamRecord> wanted) {
        for (var frame : kafka.poll(Duration.ofMillis(50))) {
            var decoded = Frame.decode(frame.value());
            if (decoded.router() == router) {
                decoded.records()
                        .forEach(bytes -> records.add(
                                new Told(decoded.incarnation(), StreamRecords.decode(bytes), frame.timestamp())));
            }
        }
        return records.stream()
                .filter(told -> told.incarnation == incarnation && wanted.test(told.record))
                .toList();
    }

    /// @param sentAt Unix ms
    private record Told(int incarnation, StreamRecord record, long sentAt) {}
}
