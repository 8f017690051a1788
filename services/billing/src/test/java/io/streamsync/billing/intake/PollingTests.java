package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.events.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Kafka's own consumer without Kafka: one whose commits can be made to fail.
@BillingTest
class PollingTests {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.RACES, 0);

    @Autowired
    StreamIntake streams;

    private int failures;
    private int commits;

    @Test
    void repeatsACommitThatFailedThoughNothingElseComes() {
        failures = 2;
        try (var consumer = consumer();
                var polling = polling(consumer)) {
            consumer.addRecord(new ConsumerRecord<>(Topics.RACES, 0, 40, "9/1", new byte[] {1}));

            pollUntil(polling, 2);
            assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION)).isNull();
            pollUntil(polling, 3);
            polling.once();

            assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION)).isEqualTo(new OffsetAndMetadata(40));
            assertThat(commits).isEqualTo(3);
        }
    }

    private void pollUntil(Polling polling, int tried) {
        await().pollInSameThread().pollInterval(Duration.ZERO).until(() -> {
            polling.once();
            return commits == tried;
        });
    }

    private Polling polling(MockConsumer<String, byte[]> consumer) {
        var polling = new Polling(
                consumer,
                new TreeMap<>(),
                number -> new PartitionIntake(number, streams, new IntakeLog()),
                InstantSource.fixed(Instant.EPOCH));
        consumer.rebalance(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 40L));
        return polling;
    }

    private MockConsumer<String, byte[]> consumer() {
        return new MockConsumer<>("earliest") {
            @Override
            public synchronized void commitAsync(
                    Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
                commits++;
                if (failures-- > 0) {
                    callback.onComplete(offsets, new RetriableCommitFailedException("the coordinator is away"));
                } else {
                    super.commitAsync(offsets, callback);
                }
            }
        };
    }
}
