package io.streamsync.router.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.streamsync.events.Topics;
import io.streamsync.events.router.SnapshotTaken;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.feed.CompactedFeeds;
import io.streamsync.router.feed.Feeds;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.log.RouterLog;
import io.streamsync.testing.Backends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

class KafkaSnapshotTopicTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final KafkaTemplate<String, String> KAFKA = kafka(Backends.kafka(), Map.of());

    /// Nobody listens there.
    private static final KafkaTemplate<String, String> AWAY = kafka("127.0.0.1:1", Map.of("max.block.ms", 200));

    /// Takes small ones only.
    private static final KafkaTemplate<String, String> NARROW =
            kafka(Backends.kafka(), Map.of("max.request.size", 2_000));

    private static final Instant SINCE = Instant.parse("2026-11-22T12:00:00.123Z");
    private static final MarketSnapshot SNAPSHOT =
            MarketSnapshot.of(Parameters.defaults().version(), List.of(), List.of());

    /// The topic is every test's: each looks for names that only it has told.
    private final String first = name();

    private final String second = name();
    private final String third = name();

    @TempDir
    Path directory;

    private final CompactedFeeds feeds = Feeds.feeds();
    private final List<SnapshotTaken> told = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        Feeds.create(Topics.SNAPSHOTS);
        Feeds.widen(Topics.SNAPSHOTS, SnapshotTaken.LARGEST_BYTES);
        feeds.open(Topics.SNAPSHOTS, this::told);
        feeds.start();
    }

    @AfterEach
    void close() {
        feeds.stop();
    }

    @Test
    void keepsNothingThatKafkaHas() throws IOException {
        topic(KAFKA, 7).publish(SNAPSHOT, first, SINCE, 5);

        await().until(() -> told.size() == 1);
        await().until(() -> files().isEmpty());
    }

    @Test
    void tellsWhatARouterThatDiedCouldNotTellAsThatRoutersWord() throws IOException {
        var died = topic(AWAY, 7);
        assertThatThrownBy(() -> died.publish(SNAPSHOT, first, SINCE, 5)).hasMessageContaining("Send failed");
        assertThatThrownBy(() -> died.publish(SNAPSHOT, second, SINCE.plusSeconds(1), 5))
                .hasMessageContaining("Send failed");
        assertThat(files()).hasSize(2);

        topic(KAFKA, 8).publish(SNAPSHOT, third, SINCE.plusSeconds(2), 6);

        await().until(() -> told.size() == 3);
        await().until(() -> files().isEmpty());
        assertThat(told)
                .extracting(SnapshotTaken::hash, SnapshotTaken::incarnation, SnapshotTaken::epoch)
                .containsExactlyInAnyOrder(tuple(first, 7, 5L), tuple(second, 7, 5L), tuple(third, 8, 6L));
        assertThat(told)
                .filteredOn(taken -> taken.hash().equals(second))
                .extracting(SnapshotTaken::occurredAt)
                .containsExactly(SINCE.plusSeconds(1));
    }

    @Test
    void dropsAFileThatWasCutShortAndTellsTheRest() throws IOException {
        var died = topic(AWAY, 7);
        assertThatThrownBy(() -> died.publish(SNAPSHOT, first, SINCE, 5)).hasMessageContaining("Send failed");
        var whole = Files.readAllBytes(directory.resolve(files().getFirst()));
        var cut = "00006-1795348800123-" + second + ".json";
        Files.write(directory.resolve(cut), Arrays.copyOf(whole, whole.length / 2));

        topic(KAFKA, 8).publish(SNAPSHOT, third, SINCE, 6);

        await().until(() -> told.size() == 2);
        await().until(() -> files().isEmpty());
        assertThat(told).extracting(SnapshotTaken::hash).containsExactlyInAnyOrder(first, third);
    }

    @Test
    void deletesWhatAStartThatDiedWasWriting() throws IOException {
        Files.writeString(directory.resolve("00006-1795348800123-" + second + ".json.new"), "{\"hash\"");
        Files.writeString(directory.resolve("somebody-elses.new"), "");

        SnapshotFiles.in(directory, JSON);

        assertThat(files()).containsExactly("somebody-elses.new");
    }

    @Test
    void tellsASnapshotOfTenThousandOperators() throws IOException {
        var large = market(10_000);
        assertThat(large.canonical()).hasSizeGreaterThan(5_000_000);

        topic(KAFKA, 7).publish(large, first, SINCE, 5);

        await().until(() -> told.size() == 1);
        assertThat(told.getFirst().canonical()).isEqualTo(new String(large.canonical(), StandardCharsets.UTF_8));
        await().until(() -> files().isEmpty());
    }

    @Test
    void goesOnBehindOneThatKafkaDoesNotTake() throws IOException {
        var died = topic(AWAY, 7);
        assertThatThrownBy(() -> died.publish(market(10), first, SINCE, 5)).hasMessageContaining("Send failed");
        assertThatThrownBy(() -> died.publish(SNAPSHOT, second, SINCE.plusSeconds(1), 5))
                .hasMessageContaining("Send failed");

        topic(NARROW, 8).publish(SNAPSHOT, third, SINCE.plusSeconds(2), 6);

        await().until(() -> told.size() == 2);
        await().until(() -> files().size() == 1);
        assertThat(told).extracting(SnapshotTaken::hash).containsExactlyInAnyOrder(second, third);
    }

    private static MarketSnapshot market(int operators) {
        var ids = IntStream.range(0, operators)
                .mapToObj(_ -> new OperatorId(UUID.randomUUID().toString()))
                .toList();
        var offers = new EnumMap<QueryClass, Offer>(QueryClass.class);
        for (var queryClass : QueryClass.values()) {
            offers.put(queryClass, new Offer(new Ask(4_000, 50, 100), 500_000, 500_000));
        }
        return MarketSnapshot.of(
                Parameters.defaults().version(),
                ids.stream()
                        .map(id -> new ListedOperator(id, id, 10_000_000_000_000L, 800_000, false))
                        .toList(),
                ids.stream()
                        .map(id -> new ListedNode(
                                new NodeId(UUID.randomUUID().toString()), id, NodeState.ACTIVE, 500_000, offers))
                        .toList());
    }

    private SnapshotTopic topic(KafkaTemplate<String, String> kafka, int incarnation) throws IOException {
        return new KafkaSnapshotTopic(
                kafka,
                JSON,
                new Incarnation(1, incarnation),
                SnapshotFiles.in(directory, JSON),
                Runnable::run,
                new RouterLog());
    }

    private void told(String hash, @Nullable String json) {
        if (json != null && List.of(first, second, third).contains(hash)) {
            told.add(JSON.readValue(json, SnapshotTaken.class));
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /// 64 digits, as a hash has.
    private static String name() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    /// As the router's, but for what a test changes.
    private static KafkaTemplate<String, String> kafka(String servers, Map<String, Object> otherwise) {
        var settings = new HashMap<>(MarketConfiguration.SNAPSHOTS);
        settings.put("bootstrap.servers", servers);
        settings.putAll(otherwise);
        return new KafkaTemplate<>(
                new DefaultKafkaProducerFactory<>(settings, new StringSerializer(), new StringSerializer()));
    }
}
