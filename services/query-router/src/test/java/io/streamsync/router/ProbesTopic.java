package io.streamsync.router;

import io.streamsync.events.Topics;
import io.streamsync.events.probe.NodeProbed;
import io.streamsync.testing.Backends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/// The probes that routers have told of.
final class ProbesTopic implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final KafkaConsumer<String, String> kafka = new KafkaConsumer<>(
            Map.of("bootstrap.servers", Backends.kafka()), new StringDeserializer(), new StringDeserializer());

    ProbesTopic() {
        var partitions = kafka.partitionsFor(Topics.PROBES).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        kafka.assign(partitions);
        kafka.seekToBeginning(partitions);
    }

    /// The first that is wanted.
    NodeProbed first(Predicate<NodeProbed> wanted) {
        return Awaitility.await()
                .until(() -> poll(wanted), found -> !found.isEmpty())
                .getFirst();
    }

    private List<NodeProbed> poll(Predicate<NodeProbed> wanted) {
        var found = new ArrayList<NodeProbed>();
        for (var event : kafka.poll(Duration.ofMillis(50))) {
            var probe = JSON.readValue(event.value(), NodeProbed.class);
            if (wanted.test(probe)) {
                found.add(probe);
            }
        }
        return found;
    }

    @Override
    public void close() {
        kafka.close();
    }
}
