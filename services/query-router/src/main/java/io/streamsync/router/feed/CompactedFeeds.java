package io.streamsync.router.feed;

import io.streamsync.router.log.RouterLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;

/// Opens feeds; they start together once everything is wired, and stop together.
public final class CompactedFeeds implements SmartLifecycle {

    /// After leases, before races.
    private static final int PHASE = 300;

    private static final Duration STOP = Duration.ofSeconds(5);

    private final ConsumerFactory<?, ?> consumers;
    private final RouterLog log;
    private final List<CompactedFeed> feeds = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    CompactedFeeds(ConsumerFactory<?, ?> consumers, RouterLog log) {
        this.consumers = consumers;
        this.log = log;
    }

    /// To be called while beans are made. The change is applied on a thread of the feed's own.
    public CompactedFeed open(String topic, CompactedFeed.Change change) {
        var feed = new CompactedFeed(topic, change, this::consumer, log);
        feeds.add(feed);
        return feed;
    }

    @Override
    public void start() {
        feeds.forEach(CompactedFeed::start);
        running = true;
    }

    @Override
    public void stop() {
        feeds.forEach(CompactedFeed::stop);
        feeds.forEach(feed -> feed.join(STOP));
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private KafkaConsumer<String, String> consumer() {
        var properties = new HashMap<>(consumers.getConfigurationProperties());
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
    }
}
