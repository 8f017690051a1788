package io.streamsync.router.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.events.Topics;
import io.streamsync.events.router.EpochSecret;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.feed.CompactedFeeds;
import io.streamsync.router.feed.Feeds;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.Journals;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.HighWaterMarks;
import io.streamsync.router.publication.Publications;
import io.streamsync.testing.Backends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

class EpochSecretsTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Every test is an incarnation of its own on the one topic.
    private static final AtomicInteger INCARNATIONS = new AtomicInteger(100);

    private static final KafkaTemplate<String, String> KAFKA = new KafkaTemplate<>(new DefaultKafkaProducerFactory<>(
            Map.of("bootstrap.servers", Backends.kafka()), new StringSerializer(), new StringSerializer()));

    @TempDir
    Path directory;

    private final int incarnation = INCARNATIONS.getAndAdd(10);

    /// Epoch 1000 begins at 300 000 000 ms.
    private final AtomicLong now = new AtomicLong(300_000_000 + 60_000);

    private final CompactedFeeds feeds = Feeds.feeds();
    private final List<EpochSecret> told = new CopyOnWriteArrayList<>();
    private Journal journal;
    private HighWaterMarks marks;
    private EpochSecrets secrets;

    @BeforeEach
    void open() throws IOException {
        Feeds.create(Topics.EPOCHS);
        feeds.open(Topics.EPOCHS, this::told);
        feeds.start();
        start(incarnation);
    }

    @AfterEach
    void close() throws IOException {
        feeds.stop();
        journal.close();
    }

    @Test
    void commitsToEachEpochBeforeItsSecretIsUsed() throws IOException {
        assertThat(secrets.secret(1_000)).isNull();
        assertThat(secrets.ready()).isFalse();

        secrets.turn();
        await().until(secrets::ready);
        await().until(() -> told.size() == 4);

        assertThat(told).extracting(EpochSecret::epoch).containsExactlyInAnyOrder(1_000L, 1_001L, 1_002L, 1_003L);
        assertThat(told).extracting(EpochSecret::secret).containsOnlyNulls();
        for (var event : told) {
            assertThat(event.commitment()).isEqualTo(sha256(secrets.secret(event.epoch())));
        }
        assertThat(secrets.secret(1_004)).isNull();
    }

    @Test
    void goesOnForAQuarterOfAnHourWithoutKafkaAlsoWhereEpochsAreShort() throws IOException {
        var shortly = secrets(Duration.ofSeconds(10), () -> Instant.ofEpochMilli(now.get()));
        var current = now.get() / 10_000;

        await().until(() -> {
            shortly.turn();
            return shortly.secret(current + 90) != null;
        });

        assertThat(LongStream.rangeClosed(current, current + 90)).allMatch(epoch -> shortly.secret(epoch) != null);
    }

    @Test
    void keepsASecretOnTheDiskBeforeItIsCommittedTo() throws IOException {
        secrets.turn();

        assertThat(secrets()).hasSize(4);
    }

    @Test
    void marksTheEndOfAnEpochAndRevealsItOnceBillingHasTheMark() throws IOException {
        secrets.turn();
        await().until(() -> told.size() == 4);
        var commitment = told.stream()
                .filter(event -> event.epoch() == 1_000)
                .findAny()
                .orElseThrow()
                .commitment();

        pass(Duration.ofMinutes(4));
        secrets.turn();
        await().until(() -> journal.synced() == 1);
        assertThat(ends()).containsExactly(new EpochEnded(1_000, now.get()));

        pass(Duration.ofSeconds(10));
        secrets.turn();
        assertThat(secrets.secret(1_000)).isNotNull();
        marks.posted(incarnation, 1);
        await().until(() -> {
            secrets.turn();
            return secrets.secret(1_000) == null;
        });

        await().until(() -> told.stream().anyMatch(event -> event.secret() != null));
        var revealed =
                told.stream().filter(event -> event.secret() != null).findAny().orElseThrow();
        assertThat(revealed.epoch()).isEqualTo(1_000);
        assertThat(sha256(HexFormat.of().parseHex(String.valueOf(revealed.secret()))))
                .isEqualTo(commitment);
        assertThat(secrets()).noneMatch(file -> file.endsWith("-1000.secret"));
    }

    @Test
    void keepsASecretWhileRacesOfItsEpochMayBeDrawn() throws IOException {
        secrets.turn();
        await().until(secrets::ready);
        pass(Duration.ofMinutes(4));
        secrets.turn();
        await().until(() -> journal.synced() == 1);
        marks.posted(incarnation, 1);

        pass(Duration.ofSeconds(10).minusMillis(1));
        secrets.turn();
        secrets.turn();

        assertThat(secrets.secret(1_000)).isNotNull();
    }

    @Test
    void marksIdleEpochsInTheOrderOfTheStreamAndGoesOnInTheNext() throws IOException {
        secrets.turn();
        for (var epoch = 0; epoch < 2; epoch++) {
            pass(Duration.ofMinutes(5));
            secrets.turn();
        }
        await().until(() -> journal.synced() == 2);
        assertThat(ends()).extracting(EpochEnded::epoch).containsExactly(1_000L, 1_001L);
        journal.close();
        pass(Duration.ofMinutes(5));

        start(incarnation + 1, incarnation);
        secrets.turn();
        pass(Duration.ofMinutes(5));
        secrets.turn();
        await().until(() -> journal.synced() == 1);

        assertThat(ends(incarnation + 1)).extracting(EpochEnded::epoch).containsExactly(1_003L);
    }

    @Test
    void endsTheEpochsThatTheClockJumpedOver() throws IOException {
        secrets.turn();

        pass(Duration.ofHours(1));
        secrets.turn();
        await().until(() -> journal.synced() == 5);

        assertThat(ends()).extracting(EpochEnded::epoch).containsExactly(1_000L, 1_001L, 1_002L, 1_003L, 1_011L);
        await().until(secrets::ready);
    }

    @Test
    void staysInTheEpochThatTheClockHadReachedWhenItIsSetBack() throws IOException {
        secrets.turn();
        await().until(secrets::ready);
        pass(Duration.ofHours(1));
        secrets.turn();

        pass(Duration.ofHours(-1).plusMinutes(30));
        secrets.turn();

        assertThat(secrets.secret(1_006)).isNull();
        assertThat(secrets.epochAt(now.get())).isEqualTo(1_012);
        await().until(secrets::ready);
        assertThat(secrets.epochAt(now.get() + Duration.ofHours(1).toMillis())).isEqualTo(1_018);
    }

    @Test
    void tellsThatEpochsAreTurnedNoMore() {
        var broken = new AtomicBoolean();
        InstantSource clock = () -> {
            if (broken.get()) {
                throw new AssertionError("an error of the machine");
            }
            return Instant.ofEpochMilli(now.get());
        };
        var turning = new EpochTurning(secrets(clock), new RouterLog());
        assertThat(turning.isAlive()).isFalse();

        turning.start();
        assertThat(turning.isAlive()).isTrue();
        broken.set(true);

        await().dontCatchUncaughtExceptions().until(() -> !turning.isAlive());
        turning.stop();
    }

    @Test
    void revealsWhatAnEarlierIncarnationLeftOnceItsStreamIsFinished() throws IOException {
        secrets.turn();
        await().until(() -> told.size() == 4);
        journal.close();
        pass(Duration.ofMinutes(5));

        start(incarnation + 1, incarnation);
        secrets.turn();
        assertThat(told).extracting(EpochSecret::secret).containsOnlyNulls();
        journal.close();
        start(incarnation + 2);

        await().until(() -> {
            secrets.turn();
            return told.stream().anyMatch(event -> event.secret() != null);
        });
        var revealed = told.stream().filter(event -> event.secret() != null).toList();
        assertThat(revealed).singleElement().satisfies(event -> {
            assertThat(event.epoch()).isEqualTo(1_000);
            assertThat(event.incarnation()).isEqualTo(incarnation);
        });
    }

    @Test
    void ignoresAFileThatWasCutShort() throws IOException {
        Files.write(directory.resolve("secrets").resolve("00099-1000.secret"), new byte[31]);

        assertThat(SecretFiles.in(directory.resolve("secrets")).read()).isEmpty();
    }

    private void start(int number, Integer... unfinished) throws IOException {
        journal = Journals.open(directory.resolve("journal"), number);
        marks = Publications.marks(journal, unfinished);
        secrets = secrets(() -> Instant.ofEpochMilli(now.get()));
    }

    private EpochSecrets secrets(InstantSource clock) {
        return secrets(Duration.ofMinutes(5), clock);
    }

    private EpochSecrets secrets(Duration epoch, InstantSource clock) {
        var topic = new SecretTopic(KAFKA, JSON, journal.incarnation(), clock, Runnable::run, new RouterLog());
        var lengths = new EpochLengths(epoch, Duration.ofSeconds(10));
        try {
            return new EpochSecrets(
                    lengths, journal, marks, SecretFiles.in(directory.resolve("secrets")), topic, clock);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void told(String key, @Nullable String json) {
        if (json != null) {
            var event = JSON.readValue(json, EpochSecret.class);
            if (event.incarnation() / 10 == incarnation / 10) {
                told.add(event);
            }
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toMillis());
    }

    private List<String> secrets() throws IOException {
        try (var files = Files.list(directory.resolve("secrets"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private List<EpochEnded> ends() throws IOException {
        return ends(incarnation);
    }

    private List<EpochEnded> ends(int incarnation) throws IOException {
        var ends = new ArrayList<EpochEnded>();
        try (var reader = journal.reader()) {
            for (var record : reader.read(incarnation, 0, 256, 1 << 20)) {
                if (StreamRecords.decode(record) instanceof EpochEnded end) {
                    ends.add(end);
                }
            }
        }
        return ends;
    }

    private static String sha256(byte @Nullable [] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes == null ? new byte[0] : bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
