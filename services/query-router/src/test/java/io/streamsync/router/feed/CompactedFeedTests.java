package io.streamsync.router.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompactedFeedTests {

    private final String topic = "feed-" + UUID.randomUUID();
    private final CompactedFeeds feeds = Feeds.feeds();
    private final Map<String, String> values = new ConcurrentHashMap<>();

    @AfterEach
    void stop() {
        feeds.stop();
    }

    @Test
    void isReadyWhenAllThatStoodThereIsHandled() {
        Feeds.create(topic);
        for (var i = 0; i < 20; i++) {
            Feeds.send(topic, "key" + i, "value" + i);
        }
        var feed = feeds.open(topic, this::change);
        assertThat(feed.ready()).isFalse();

        feeds.start();
        await().until(feed::ready);

        assertThat(values).hasSize(20).containsEntry("key7", "value7");
    }

    @Test
    void followsChangesAndRemovals() {
        Feeds.create(topic);
        var feed = feeds.open(topic, this::change);
        feeds.start();
        await().until(feed::ready);

        Feeds.send(topic, "a", "1");
        Feeds.send(topic, "b", "1");
        Feeds.send(topic, "a", "2");
        Feeds.send(topic, "b", null);

        await().until(() -> values.equals(Map.of("a", "2")));
    }

    @Test
    void goesOnAfterAnEventThatCannotBeRead() {
        Feeds.create(topic);
        Feeds.send(topic, "bad", "unreadable");
        Feeds.send(topic, "good", "1");
        var feed = feeds.open(topic, this::change);

        feeds.start();
        await().until(feed::ready);

        assertThat(values).containsOnlyKeys("good");
    }

    @Test
    void waitsForATopicThatIsNotThereYet() {
        var feed = feeds.open(topic, this::change);
        feeds.start();

        Feeds.create(topic);
        Feeds.send(topic, "late", "1");

        await().until(() -> feed.ready() && values.containsKey("late"));
    }

    private void change(String key, @Nullable String json) {
        if (json == null) {
            values.remove(key);
        } else if (json.equals("unreadable")) {
            throw new IllegalArgumentException(json);
        } else {
            values.put(key, json);
        }
    }
}
