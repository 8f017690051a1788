package io.streamsync.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamsync.events.Event;
import io.streamsync.testing.Backends;
import io.streamsync.testing.BackendsConfiguration;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@SpringBootTest(
        properties = {
            "spring.kafka.consumer.group-id=outbox-tests",
            "spring.kafka.consumer.auto-offset-reset=earliest",
            "spring.main.web-application-type=none"
        })
@Import(BackendsConfiguration.class)
class OutboxTests {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String topic = "facts-" + UUID.randomUUID();

    @Autowired
    Outbox outbox;

    @Autowired
    Inbox inbox;

    TransactionTemplate transaction;

    OutboxTests(@Autowired PlatformTransactionManager transactions) {
        transaction = new TransactionTemplate(transactions);
    }

    @Test
    void tellsCommittedFactsInOrder() {
        var expected = IntStream.range(0, 1200).mapToObj(n -> "fact " + n).toList();

        for (var part : List.of(expected.subList(0, 700), expected.subList(700, 1200))) {
            transaction.executeWithoutResult(status ->
                    part.forEach(what -> outbox.add(topic, "one", new Happened(what, Instant.EPOCH, 1))));
        }

        assertThat(told(expected.size()))
                .containsExactlyElementsOf(expected.stream()
                        .map(
                                "{\"eventId\":\"%s\",\"occurredAt\":\"1970-01-01T00:00:00Z\",\"schemaVersion\":1}"
                                        ::formatted)
                        .toList());
    }

    @Test
    void tellsNothingOfATransactionThatRolledBack() {
        transaction.executeWithoutResult(status -> {
            outbox.add(topic, "one", new Happened("undone", Instant.EPOCH, 1));
            status.setRollbackOnly();
        });
        transaction.executeWithoutResult(status -> outbox.addBytes(topic, "one", new byte[] {'x'}));

        assertThat(told(1)).containsExactly("x");
    }

    @Test
    void refusesAFactOutsideATransaction() {
        assertThatThrownBy(() -> outbox.add(topic, "one", new Happened("lost", Instant.EPOCH, 1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesAnEventInOncePerConsumer() {
        var event = UUID.randomUUID().toString();

        var first = transaction.execute(status -> inbox.isNew("ledger", event));
        var again = transaction.execute(status -> inbox.isNew("ledger", event));
        var other = transaction.execute(status -> inbox.isNew("scores", event));

        assertThat(List.of(first, again, other)).containsExactly(true, false, true);
    }

    @Test
    void meetsAnEventAgainWhoseEffectRolledBack() {
        var event = UUID.randomUUID().toString();
        transaction.executeWithoutResult(status -> {
            inbox.isNew("ledger", event);
            status.setRollbackOnly();
        });

        Boolean again = transaction.execute(status -> inbox.isNew("ledger", event));

        assertThat(again).isTrue();
    }

    @Test
    void sendsWhatCannotBeHandledToTheDeadLettersAndGoesOn(@Autowired Listener listener) {
        transaction.executeWithoutResult(status -> {
            outbox.addBytes("listened", "one", "bad".getBytes(StandardCharsets.UTF_8));
            outbox.addBytes("listened", "one", "good".getBytes(StandardCharsets.UTF_8));
        });

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(listener.handled).contains("good"));
        assertThat(consumed("listened.dlt", 1)).containsExactly("bad");
    }

    @Test
    void keepsWhatCannotBeHandledOnlyNowUntilItCan(@Autowired Listener listener) {
        listener.outages.set(4);

        transaction.executeWithoutResult(
                status -> outbox.addBytes("listened", "two", "during an outage".getBytes(StandardCharsets.UTF_8)));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(listener.handled).contains("during an outage"));
    }

    @Test
    void tellsWithoutKafkaNoMoreThanTheFirstFactAndLosesNone(
            @Autowired OutboxRelay usual, @Autowired JdbcClient jdbc, @Autowired OutboxProperties properties) {
        usual.stop();
        var unreachable = new Unreachable();
        var relay = new OutboxRelay(jdbc, transaction, () -> unreachable, properties);
        relay.start();
        try {
            transaction.executeWithoutResult(status -> List.of("first", "second", "third")
                    .forEach(what -> outbox.addBytes(topic, "one", what.getBytes(StandardCharsets.UTF_8))));
            await().atMost(PATIENCE).until(() -> unreachable.tried.size() >= 2);
        } finally {
            relay.stop();
            usual.start();
        }

        assertThat(unreachable.tried).containsOnly("first");
        assertThat(told(3)).containsExactly("first", "second", "third");
    }

    /// As when a service's context stops and starts, or that of a test rests while another one runs.
    @Test
    void goesOnWhenAllStoppedAndStarted(
            @Autowired OutboxRelay relay,
            @Autowired @Qualifier("outboxProducers") DefaultKafkaProducerFactory<String, byte[]> producers) {
        relay.stop();
        producers.stop();
        producers.start();
        relay.start();

        transaction.executeWithoutResult(
                status -> outbox.addBytes(topic, "one", "again".getBytes(StandardCharsets.UTF_8)));

        assertThat(told(1)).containsExactly("again");
    }

    @Test
    void givesUpInKafkaWhatTheRelayGivesUp(
            @Autowired @Qualifier("outboxProducers") DefaultKafkaProducerFactory<String, byte[]> producers,
            @Autowired OutboxProperties properties) {
        var settings = producers.getConfigurationProperties();

        assertThat((Integer) settings.get("delivery.timeout.ms"))
                .isLessThanOrEqualTo((int) properties.acknowledgement().toMillis());
        assertThat((Integer) settings.get("max.block.ms"))
                .isLessThan((int) properties.acknowledgement().toMillis());
    }

    private List<String> told(int count) {
        return consumed(topic, count);
    }

    private static List<String> consumed(String topic, int count) {
        var values = new ArrayList<String>();
        Map<String, Object> settings = Map.of("bootstrap.servers", Backends.kafka(), "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return values.size() >= count;
            });
        }
        return values;
    }

    record Happened(String eventId, Instant occurredAt, int schemaVersion) implements Event {}

    /// A Kafka that is not there.
    private static final class Unreachable extends MockProducer<String, byte[]> {

        final List<String> tried = new CopyOnWriteArrayList<>();

        @Override
        public synchronized Future<RecordMetadata> send(
                ProducerRecord<String, byte[]> message, @Nullable Callback callback) {
            tried.add(new String(message.value(), StandardCharsets.UTF_8));
            var failure = new TimeoutException("no metadata");
            if (callback != null) {
                callback.onCompletion(null, failure);
            }
            return CompletableFuture.failedFuture(failure);
        }
    }

    static class Listener {

        final List<String> handled = new CopyOnWriteArrayList<>();
        final AtomicInteger outages = new AtomicInteger();

        @KafkaListener(topics = "listened")
        void take(String value) {
            if ("bad".equals(value)) {
                throw new IllegalArgumentException("cannot be handled");
            }
            if (outages.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new CannotCreateTransactionException("the database is away");
            }
            handled.add(value);
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        Listener listener() {
            return new Listener();
        }
    }
}
