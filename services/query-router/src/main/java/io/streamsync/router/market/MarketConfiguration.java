package io.streamsync.router.market;

import io.streamsync.events.Topics;
import io.streamsync.events.router.SnapshotTaken;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.feed.CompactedFeeds;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.node.Upstreams;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Wires the feeds to the market.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MarketProperties.class)
class MarketConfiguration {

    static final Map<String, Object> SNAPSHOTS = Map.of(
            // how long a snapshot may wait for a Kafka that is away: until it does, changes are not in force
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            1_000,
            // races name it: it has to be told, however long Kafka is away
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            Integer.MAX_VALUE,
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            SnapshotTaken.LARGEST_BYTES,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            2L * SnapshotTaken.LARGEST_BYTES,
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "zstd");

    @Bean
    Upstreams upstreams() {
        return new Upstreams();
    }

    @Bean
    GenesisHash genesisHash(MarketProperties properties) {
        return new GenesisHash(properties.genesisHash());
    }

    /// A producer of its own: others may wait longer, and tell less at once.
    @Bean(defaultCandidate = false)
    KafkaTemplate<String, String> snapshotKafka(ProducerFactory<String, String> producers) {
        return new KafkaTemplate<>(producers, SNAPSHOTS);
    }

    @Bean
    Market market(
            MarketProperties properties,
            GenesisHash genesis,
            Upstreams upstreams,
            CompactedFeeds feeds,
            @Qualifier("snapshotKafka") KafkaTemplate<String, String> kafka,
            JsonMapper json,
            Incarnation incarnation,
            Parameters parameters,
            InstantSource clock,
            RouterLog log)
            throws IOException {
        var listings = new Listings(genesis, upstreams, json, log);
        var listed = feeds.open(Topics.LISTINGS, listings::listed);
        var scored = feeds.open(Topics.REPUTATIONS, listings::scored);
        return new Market(
                listings,
                () -> listed.ready() && scored.ready(),
                new KafkaSnapshotTopic(
                        kafka,
                        json,
                        incarnation,
                        SnapshotFiles.in(properties.directory(), json),
                        Executors.newVirtualThreadPerTaskExecutor(),
                        log),
                parameters,
                clock,
                log);
    }

    @Bean
    MarketClock marketClock(Market market, RouterLog log) {
        return new MarketClock(market, log);
    }

    @Bean
    HealthIndicator marketHealthIndicator(Market market) {
        return () -> market.isReady() ? Health.up().build() : Health.down().build();
    }
}
