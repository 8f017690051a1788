package io.streamsync.router.feed;

import io.streamsync.router.log.RouterLog;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// A compacted topic, read from its beginning by every router on its own, without a consumer group.
public final class CompactedFeed {

    /// How soon a stop is noticed.
    private static final Duration POLL = Duration.ofMillis(250);

    /// Between attempts while Kafka or the topic is not there.
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final String topic;
    private final Change change;
    private final Supplier<? extends Consumer<String, String>> consumers;
    private final RouterLog log;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);

    private volatile boolean ready;

    CompactedFeed(String topic, Change change, Supplier<? extends Consumer<String, String>> consumers, RouterLog log) {
        this.topic = topic;
        this.change = change;
        this.consumers = consumers;
        this.log = log;
        thread = new Thread(this::run, "feed-" + topic);
        thread.setDaemon(true);
    }

    /// Whether all that stood in the topic at the start has been handled.
    public boolean ready() {
        return ready;
    }

    void start() {
        thread.start();
    }

    void stop() {
        closed.countDown();
    }

    void join(Duration atMost) {
        try {
            thread.join(atMost);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isClosed(Duration.ZERO)) {
            try (var consumer = consumers.get()) {
                follow(consumer);
            } catch (RuntimeException e) {
                log.feedInterrupted(topic, e);
                isClosed(RETRY);
            }
        }
    }

    private void follow(Consumer<String, String> consumer) {
        var partitions = partitions(consumer);
        while (partitions.isEmpty()) {
            if (isClosed(RETRY)) {
                return;
            }
            partitions = partitions(consumer);
        }
        read(consumer, partitions);
    }

    private List<TopicPartition> partitions(Consumer<String, String> consumer) {
        var partitions = consumer.partitionsFor(topic);
        return partitions == null
                ? List.of()
                : partitions.stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
    }

    private void read(Consumer<String, String> consumer, Collection<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        var ends = consumer.endOffsets(partitions);
        while (!isClosed(Duration.ZERO)) {
            for (var event : consumer.poll(POLL)) {
                apply(event.key(), event.value());
            }
            ready = ready || isPast(consumer, ends);
        }
    }

    private static boolean isPast(Consumer<String, String> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void apply(@Nullable String key, @Nullable String json) {
        try {
            if (key != null) {
                change.apply(key, json);
            }
        } catch (RuntimeException e) {
            log.eventUnusable(topic, e);
        }
    }

    private boolean isClosed(Duration atMost) {
        try {
            return closed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            closed.countDown();
            return true;
        }
    }

    /// What a key's new value means.
    @FunctionalInterface
    public interface Change {

        /// @param json null when the key is no more
        void apply(String key, @Nullable String json);
    }
}
