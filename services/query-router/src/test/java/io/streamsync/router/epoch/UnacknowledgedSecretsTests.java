package io.streamsync.router.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.events.router.EpochSecret;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.Journals;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.HighWaterMarks;
import io.streamsync.router.publication.Publications;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Epoch secrets with a Kafka that acknowledges only when the test says so.
class UnacknowledgedSecretsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration GRACE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    /// Epoch 1000 ends at 300 300 000 ms.
    private final AtomicLong now = new AtomicLong(300_000_000 + 60_000);

    private final MockProducer<String, String> kafka =
            new MockProducer<>(false, null, new StringSerializer(), new StringSerializer());

    private Journal journal;
    private HighWaterMarks marks;
    private EpochSecrets secrets;

    @BeforeEach
    void open() throws IOException {
        InstantSource clock = () -> Instant.ofEpochMilli(now.get());
        journal = Journals.open(directory.resolve("journal"), 1);
        marks = Publications.marks(journal);
        var topic = new SecretTopic(template(), JSON, journal.incarnation(), clock, Runnable::run, new RouterLog());
        secrets =
                new EpochSecrets(new EpochLengths(Duration.ofMinutes(5), GRACE), journal, marks, files(), topic, clock);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void givesNoSecretWhoseCommitmentIsNotPublic() throws IOException {
        secrets.turn();

        assertThat(told()).extracting(EpochSecret::epoch).contains(1_000L);
        assertThat(secrets.secret(1_000)).isNull();
        assertThat(secrets.ready()).isFalse();
        acknowledge();
        assertThat(secrets.secret(1_000)).isNotNull();
        assertThat(secrets.ready()).isTrue();
    }

    @Test
    void commitsAgainToWhatKafkaDidNotTake() throws IOException {
        secrets.turn();
        while (kafka.errorNext(new TimeoutException("no Kafka"))) {}
        kafka.clear();
        assertThat(secrets.ready()).isFalse();

        secrets.turn();
        acknowledge();

        assertThat(secrets.ready()).isTrue();
    }

    @Test
    void revealsNoSecretWhileRacesOfItsEpochMayBeDrawn() throws IOException {
        endAndPostEpoch();

        pass(GRACE.minusMillis(1));
        secrets.turn();
        assertThat(revealed()).isEmpty();
        assertThat(secrets.secret(1_000)).isNotNull();

        pass(Duration.ofMillis(1));
        secrets.turn();
        assertThat(revealed()).containsExactly(1_000L);
    }

    /// A router that dies before would never reveal it.
    @Test
    void keepsTheFileUntilTheSecretIsPublic() throws IOException {
        endAndPostEpoch();
        pass(GRACE);

        secrets.turn();
        secrets.turn();
        assertThat(revealed()).as("told once while that is under way").containsExactly(1_000L);
        assertThat(kept()).contains(1_000L);

        assertThat(kafka.errorNext(new TimeoutException("no Kafka"))).isTrue();
        secrets.turn();
        assertThat(revealed()).as("told again").containsExactly(1_000L, 1_000L);
        assertThat(kept()).contains(1_000L);

        acknowledge();
        secrets.turn();
        assertThat(kept()).doesNotContain(1_000L).contains(1_001L);
        assertThat(secrets.secret(1_000)).isNull();
    }

    /// Until billing has the end of epoch 1000, at the very moment of that end.
    private void endAndPostEpoch() throws IOException {
        secrets.turn();
        acknowledge();
        pass(Duration.ofMinutes(4));
        secrets.turn();
        acknowledge();
        Journals.append(journal, "written after the end");
        marks.posted(1, journal.position());
    }

    private void acknowledge() {
        while (kafka.completeNext()) {}
    }

    private void pass(Duration time) {
        now.addAndGet(time.toMillis());
    }

    private List<EpochSecret> told() {
        return kafka.history().stream()
                .map(record -> JSON.readValue(record.value(), EpochSecret.class))
                .toList();
    }

    private List<Long> revealed() {
        return told().stream()
                .filter(event -> event.secret() != null)
                .map(EpochSecret::epoch)
                .toList();
    }

    private List<Long> kept() throws IOException {
        return files().read().stream().map(OwnSecret::epoch).toList();
    }

    private SecretFiles files() throws IOException {
        return SecretFiles.in(directory.resolve("secrets"));
    }

    private KafkaTemplate<String, String> template() {
        return new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(Map.of()) {
            @Override
            protected Producer<String, String> createRawProducer(Map<String, Object> configs) {
                return kafka;
            }
        });
    }
}
