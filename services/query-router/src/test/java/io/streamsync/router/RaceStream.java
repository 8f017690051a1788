package io.streamsync.router;

import io.streamsync.events.Topics;
import io.streamsync.protocol.record.Frame;
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
    private final List<StreamRecord> records = new ArrayList<>();

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
        var sequence = sequence(raceId);
        return (Answered) await(
                record -> record instanceof Answered answered && answered.race().sequence() == sequence);
    }

    Verified verified(String raceId) {
        var sequence = sequence(raceId);
        return (Verified) await(record -> record instanceof Verified verified && verified.sequence() == sequence);
    }

    @Override
    public void close() {
        kafka.close();
    }

    private long sequence(String raceId) {
        return ids.open(raceId).orElseThrow().address().sequence();
    }

    private StreamRecord await(Predicate<StreamRecord> wanted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> find(wanted), found -> !found.isEmpty())
                .getFirst();
    }

    private List<StreamRecord> find(Predicate<StreamRecord> wanted) {
        for (var frame : kafka.poll(Duration.ofMillis(50))) {
            var decoded = Frame.decode(frame.value());
            if (decoded.router() == router) {
                decoded.records().forEach(bytes -> records.add(StreamRecords.decode(bytes)));
            }
        }
        return records.stream().filter(wanted).toList();
    }
}
