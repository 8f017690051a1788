package io.streamsync.launcher.backend;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.events.Topics;
import io.streamsync.events.router.SnapshotTaken;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;

class MarketTopicsTests {

    private final Map<String, NewTopic> topics =
            MarketTopics.all().stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));

    @Test
    void areAllTopicsOfTheCatalogueWithTheirDeadLetters() {
        var withDeadLetters = catalogue().stream()
                .filter(topic -> !topic.equals(Topics.RACES))
                .map(Topics::deadLetters)
                .toList();

        assertThat(topics.keySet()).containsAll(catalogue()).containsAll(withDeadLetters);
        assertThat(topics).hasSize(catalogue().size() + withDeadLetters.size());
    }

    @Test
    void neverPutMoneyAside() {
        assertThat(topics).doesNotContainKey(Topics.deadLetters(Topics.RACES));
    }

    @Test
    void spreadRacesWiderThanTheRest() {
        assertThat(topics)
                .hasEntrySatisfying(
                        Topics.RACES, topic -> assertThat(topic.numPartitions()).isEqualTo(6))
                .hasEntrySatisfying(
                        Topics.STAKES,
                        topic -> assertThat(topic.numPartitions()).isEqualTo(3))
                .hasEntrySatisfying(
                        Topics.deadLetters(Topics.STAKES),
                        topic -> assertThat(topic.numPartitions()).isEqualTo(1));
    }

    @Test
    void keepTheLatestStateOfEveryKeyWhereReadersStartFromTheBeginning() {
        var compacted = topics.values().stream()
                .filter(topic -> Map.of("cleanup.policy", "compact").equals(topic.configs()))
                .map(NewTopic::name);

        assertThat(compacted).containsExactlyInAnyOrder(Topics.LISTINGS, Topics.REPUTATIONS, Topics.CREDENTIALS);
    }

    @Test
    void takeSnapshotsOfALargeMarket() {
        var large = topics.values().stream()
                .filter(topic -> Integer.toString(SnapshotTaken.LARGEST_BYTES)
                        .equals(topic.configs().get("max.message.bytes")))
                .map(NewTopic::name);

        assertThat(large).containsExactlyInAnyOrder(Topics.SNAPSHOTS, Topics.deadLetters(Topics.SNAPSHOTS));
    }

    private static List<String> catalogue() {
        return Arrays.stream(Topics.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .map(field -> {
                    try {
                        return (String) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
