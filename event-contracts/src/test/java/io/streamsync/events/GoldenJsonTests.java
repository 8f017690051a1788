package io.streamsync.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.events.billing.CredentialChanged;
import io.streamsync.events.onboarding.NodeListed;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.events.probe.NodeProbed;
import io.streamsync.events.reputation.ScorePublished;
import io.streamsync.events.router.EpochSecret;
import io.streamsync.events.router.SnapshotTaken;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What is on the wire today is read for ever: each event has golden JSON that must read, and write back the same.
class GoldenJsonTests {

    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static Stream<Class<? extends Event>> events() {
        return Stream.of(
                NodeListed.class,
                StakeChanged.class,
                ScorePublished.class,
                CredentialChanged.class,
                SnapshotTaken.class,
                EpochSecret.class,
                NodeProbed.class);
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsTheGoldenJsonAndWritesItBack(Class<? extends Event> type) throws IOException {
        var golden = json.readTree(golden(type));

        var event = json.treeToValue(golden, type);

        assertThat(json.readTree(json.writeValueAsBytes(event))).isEqualTo(golden);
        assertThat(event.eventId()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsAnEventOfALaterWriterThatKnowsMore(Class<? extends Event> type) throws IOException {
        var later = (ObjectNode) json.readTree(golden(type));
        later.put("addedLater", "something");

        var event = JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build()
                .treeToValue(later, type);

        assertThat(event.schemaVersion()).isEqualTo(1);
    }

    /// Topics are compacted: events of earlier versions stay until their key changes again.
    @Test
    void readsACredentialToldBeforeKeysHadWishes() throws IOException {
        var earlier = ((ObjectNode) json.readTree(golden(CredentialChanged.class)))
                .without(List.of(
                        "maxLatencyMs",
                        "prefer",
                        "racers",
                        "verify",
                        "operators",
                        "excludeOperators",
                        "maxSubscriptions",
                        "maxConnections"));

        var event = json.treeToValue(earlier, CredentialChanged.class);

        assertThat(event.maxPrice()).isEqualTo("5000");
        assertThat(event.prefer()).isNull();
        assertThat(event.operators()).isNull();
    }

    /// Kinds are on the wire by their names.
    @Test
    void keepsTheNamesOfWhatMovesStake() {
        assertThat(StakeChanged.Kind.values())
                .extracting(Enum::name)
                .startsWith(
                        "DEPOSITED",
                        "UNBONDING_STARTED",
                        "UNBONDING_CANCELLED",
                        "WITHDRAWN",
                        "SLASHED",
                        "UNBONDING_SLASHED",
                        "SLASH_FINAL",
                        "SLASH_OVERTURNED");
    }

    private static InputStream golden(Class<?> type) {
        return Objects.requireNonNull(
                GoldenJsonTests.class.getResourceAsStream("/golden/" + type.getSimpleName() + ".json"),
                "golden JSON of " + type.getSimpleName());
    }
}
