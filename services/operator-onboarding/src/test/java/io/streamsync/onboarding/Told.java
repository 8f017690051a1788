package io.streamsync.onboarding;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import tools.jackson.databind.json.JsonMapper;

/// What is told on Kafka, as another service hears it.
public class Told implements DisposableBean {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaConsumer<String, String> consumer;
    private final KafkaProducer<String, String> producer;
    private final Map<String, List<String>> heard = new HashMap<>();

    Told(KafkaConnectionDetails kafka, String... topics) {
        Map<String, Object> connection = Map.of("bootstrap.servers", String.join(",", kafka.getBootstrapServers()));
        consumer = new KafkaConsumer<>(connection, new StringDeserializer(), new StringDeserializer());
        producer = new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer());
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : topics) {
            heard.put(topic, new ArrayList<>());
            consumer.partitionsFor(topic)
                    .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// The latest event of which this holds, once there is one.
    public <T> T await(String topic, Class<T> type, Predicate<T> expected) {
        var found = new ArrayList<T>();
        Awaitility.await().atMost(PATIENCE).until(() -> {
            found.clear();
            all(topic, type).stream().filter(expected).forEach(found::add);
            return !found.isEmpty();
        });
        return found.getLast();
    }

    /// All events so far, in order by key.
    public <T> List<T> all(String topic, Class<T> type) {
        consumer.poll(Duration.ofMillis(50))
                .forEach(event ->
                        heard.getOrDefault(event.topic(), new ArrayList<>()).add(event.value()));
        return heard.getOrDefault(topic, List.of()).stream()
                .map(value -> JsonMapper.shared().readValue(value, type))
                .toList();
    }

    public void tell(String topic, String key, String value) {
        var _ = producer.send(new ProducerRecord<>(topic, key, value));
        producer.flush();
    }

    @Override
    public void destroy() {
        consumer.close();
        producer.close();
    }
}
