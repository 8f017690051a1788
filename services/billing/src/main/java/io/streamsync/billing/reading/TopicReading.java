package io.streamsync.billing.reading;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

/// How far a topic has been read by a group, all instances of this service together. Asked for seldom.
public final class TopicReading {

    private final Map<String, Object> settings;
    private final String topic;
    private final String group;
    private final Duration patience;

    /// @param group of consumers, which commits what is taken in
    /// @param patience with each question
    public TopicReading(
            KafkaProperties properties,
            KafkaConnectionDetails connection,
            String topic,
            String group,
            Duration patience) {
        settings = new HashMap<>(properties.buildAdminProperties());
        settings.put(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.getAdmin().getBootstrapServers());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
        this.topic = topic;
        this.group = group;
        this.patience = patience;
    }

    /// How many partitions the topic has.
    ///
    /// @throws IllegalStateException when Kafka does not say
    public int partitions() {
        try (var admin = admin()) {
            return partitions(admin);
        }
    }

    /// Where the partitions end right now.
    ///
    /// @throws IllegalStateException when Kafka does not say
    public Map<Integer, Long> ends() {
        return ends(all -> IntStream.range(0, all).boxed().collect(Collectors.toSet()));
    }

    /// Where partitions end right now, those that hold anything.
    ///
    /// @param which of so many
    /// @throws IllegalStateException when Kafka does not say
    public Map<Integer, Long> ends(IntFunction<Set<Integer>> which) {
        try (var admin = admin()) {
            var partitions = which.apply(partitions(admin));
            var ends = offsets(admin, partitions, OffsetSpec.latest());
            var begins = offsets(admin, partitions, OffsetSpec.earliest());
            ends.entrySet().removeIf(end -> end.getValue().equals(begins.get(end.getKey())));
            return ends;
        }
    }

    /// Whether all that stood there then is taken in by now.
    ///
    /// @throws IllegalStateException when Kafka does not say
    public boolean isReadTo(Map<Integer, Long> ends) {
        try (var admin = admin()) {
            var read = get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            return ends.entrySet().stream().allMatch(end -> {
                var committed = read.get(new TopicPartition(topic, end.getKey()));
                return committed != null && committed.offset() >= end.getValue();
            });
        }
    }

    private Admin admin() {
        try {
            return Admin.create(settings);
        } catch (KafkaException e) {
            throw new IllegalStateException("Kafka cannot be asked how far " + topic + " has been read", e);
        }
    }

    private int partitions(Admin admin) {
        return get(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                .mapToInt(described -> described.partitions().size())
                .sum();
    }

    private Map<Integer, Long> offsets(Admin admin, Set<Integer> partitions, OffsetSpec which) {
        var asked = partitions.stream()
                .collect(Collectors.toMap(partition -> new TopicPartition(topic, partition), _ -> which));
        var offsets = new HashMap<Integer, Long>();
        get(admin.listOffsets(asked).all())
                .forEach((partition, offset) -> offsets.put(partition.partition(), offset.offset()));
        return offsets;
    }

    private <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not say how far " + topic + " has been read", e);
        }
    }
}
