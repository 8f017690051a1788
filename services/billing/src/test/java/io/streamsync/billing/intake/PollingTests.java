package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.events.Topics;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.verification.RaceStatus;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Kafka's own consumer without Kafka: one whose commits can be made to fail.
@BillingTest
class PollingTests {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.RACES, 0);

    @Autowired
    StreamIntake streams;

    @Autowired
    Market market;

    @Autowired
    Http http;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

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

    /// Without another look at Kafka in between.
    @Test
    void takesOneMoreBatchRightBehind() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 4_000);
        var first = router.frame();
        router.charged(lease, 4_000);
        var second = router.frame();
        try (var consumer = consumer();
                var polling = polling(consumer)) {
            whileItsStreamIsHeld(router, () -> {
                poll(consumer, polling, 40, first);
                poll(consumer, polling, 41, second);
                assertThat(nextPosition(router)).isZero();
            });

            await().until(() -> nextPosition(router) == 2);
            polling.finish();
            assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION)).isEqualTo(new OffsetAndMetadata(42));
        }
    }

    @Test
    void takesNothingBehindAStop() {
        var broken = market.router();
        broken.verified(7, 4_000, RaceStatus.CONFIRMED);
        var sound = market.router();
        sound.charged(sound.lease(http.customer("1"), 1_000_000), 4_000);
        try (var consumer = consumer();
                var polling = polling(consumer)) {
            whileItsStreamIsHeld(broken, () -> {
                poll(consumer, polling, 40, broken.frame());
                poll(consumer, polling, 41, sound.frame());
            });

            pollUntil(polling, 1);
            assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION)).isEqualTo(new OffsetAndMetadata(40));
        }
        assertThat(nextPosition(sound)).isZero();
    }

    private void whileItsStreamIsHeld(Market.Router router, Runnable steps) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("update stream set next_position = next_position where router = ?")
                    .param(router.id)
                    .update();
            steps.run();
        });
    }

    private static void poll(MockConsumer<String, byte[]> consumer, Polling polling, long offset, Frame frame) {
        consumer.addRecord(new ConsumerRecord<>(Topics.RACES, 0, offset, "", frame.encode()));
        polling.once();
    }

    private long nextPosition(Market.Router router) {
        return jdbc.sql("select next_position from stream where router = ? and incarnation = ?")
                .params(router.id, router.incarnation)
                .query(Long.class)
                .single();
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
