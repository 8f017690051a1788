package io.streamsync.billing.stream;

import io.streamsync.events.Topics;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.stereotype.Component;

/// How far `streamsync.races` has been read and posted, by all instances of this service together. Asked for seldom.
@Component
public class RaceReading {

    /// The consumers' group: it commits what is posted.
    public static final String GROUP = "billing-races";

    private static final long SECONDS = 10;

    private final Map<String, Object> settings;

    RaceReading(KafkaProperties properties, KafkaConnectionDetails connection) {
        settings = new HashMap<>(properties.buildAdminProperties());
        settings.put(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.getAdmin().getBootstrapServers());
    }

    /// How many partitions the topic has.
    public int partitions() {
        try (var admin = Admin.create(settings)) {
            return partitions(admin);
        }
    }

    /// Where the partitions end right now that frames of the stream can be in.
    ///
    /// @param then how many partitions there were before its first frame; null where that is not known
    public Map<Integer, Long> ends(StreamId stream, @Nullable Integer then) {
        try (var admin = Admin.create(settings)) {
            var now = partitions(admin);
            var latest = (then == null ? IntStream.range(0, now).boxed() : partitionsOf(stream, then, now).stream())
                    .collect(Collectors.toMap(
                            partition -> new TopicPartition(Topics.RACES, partition), _ -> OffsetSpec.latest()));
            return get(admin.listOffsets(latest).all()).entrySet().stream()
                    .collect(Collectors.toMap(
                            end -> end.getKey().partition(),
                            end -> end.getValue().offset()));
        }
    }

    /// Whether all that stood there then is posted by now.
    public boolean isReadTo(Map<Integer, Long> ends) {
        try (var admin = Admin.create(settings)) {
            var read = get(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
            return ends.entrySet().stream().allMatch(end -> {
                var committed = read.get(new TopicPartition(Topics.RACES, end.getKey()));
                return end.getValue() == 0 || (committed != null && committed.offset() >= end.getValue());
            });
        }
    }

    /// A topic may have got more partitions while the stream was written, and not all at once.
    static Set<Integer> partitionsOf(StreamId stream, int then, int now) {
        var key = stream.toString().getBytes(StandardCharsets.UTF_8);
        return IntStream.rangeClosed(Math.min(then, now), now)
                .mapToObj(partitions -> BuiltInPartitioner.partitionForKey(key, partitions))
                .collect(Collectors.toSet());
    }

    private static int partitions(Admin admin) {
        return get(admin.describeTopics(List.of(Topics.RACES)).allTopicNames()).values().stream()
                .mapToInt(topic -> topic.partitions().size())
                .sum();
    }

    private static <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not say how far races have been read", e);
        }
    }
}
