package io.streamsync.billing.stakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.reading.TopicReading;
import io.streamsync.events.Topics;
import io.streamsync.testing.Backends;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

@BillingTest
class StakeReadingTests {

    @Autowired
    KafkaProperties properties;

    @Autowired
    KafkaConnectionDetails connection;

    @Test
    void hasReadWhatWasPutAside() {
        Broker.send(Topics.STAKES, null, "operator", "not a stake".getBytes(StandardCharsets.UTF_8));
        var reading = new StakeReading(properties, connection);
        var now = Instant.now();

        await().until(() -> reading.isReadTo(now, now));
    }

    @Test
    void hasReadNothingWhereNobodyReads() {
        Broker.send(Topics.STAKES, null, "operator", "not a stake".getBytes(StandardCharsets.UTF_8));
        var reading = new StakeReading(topic(Topics.STAKES, "nobody"));

        assertThat(reading.isReadTo(Instant.EPOCH, Instant.EPOCH)).isFalse();
        assertThat(reading.isReadTo(Instant.EPOCH, Instant.EPOCH)).isFalse();
    }

    @Test
    void hasReadWhatIsNoLongerThere() throws Exception {
        var name = "stakes-" + UUID.randomUUID();
        try (var admin = Admin.create(Map.of("bootstrap.servers", Backends.kafka()))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
            Broker.send(name, 0, "operator", new byte[1]);
            assertThat(isRead(name)).isFalse();

            admin.deleteRecords(Map.of(new TopicPartition(name, 0), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();

            await().until(() -> isRead(name));
        }
    }

    @Test
    void doesNotKnowWhatKafkaDoesNotSay() {
        var reading = new StakeReading(topic("streamsync.nothing", "nobody"));

        assertThat(reading.isReadTo(Instant.EPOCH, Instant.EPOCH)).isFalse();
    }

    private boolean isRead(String topic) {
        return new StakeReading(topic(topic, "nobody")).isReadTo(Instant.EPOCH, Instant.EPOCH);
    }

    private TopicReading topic(String topic, String group) {
        return new TopicReading(properties, connection, topic, group, Duration.ofSeconds(10));
    }
}
