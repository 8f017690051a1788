package io.streamsync.router.publication;

import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.Recovery;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.Registration.Start;
import io.streamsync.router.publication.Registration.Unposted;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ProducerFactory;
import tools.jackson.databind.json.JsonMapper;

/// The order of a start: take the journal, be named by billing, write and forward.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({PublicationProperties.class, ServiceCredential.class})
class PublicationConfiguration {

    @Bean
    BillingEndpoint billing(PublicationProperties properties, ServiceCredential credential, JsonMapper mapper) {
        return new BillingEndpoint(
                properties.billingUrl(), credential.header(), mapper, Executors.newVirtualThreadPerTaskExecutor());
    }

    /// After the journal is ours: a process that is refused there must not be a start.
    @Bean
    Start routerStart(Recovery recovered, BillingEndpoint billing, PublicationProperties properties, RouterLog log) {
        var earlier = recovered.streams(properties.id()).stream()
                .map(stream -> stream.incarnation().number())
                .toList();
        var start = new Registration(billing, properties.id(), properties.internalUrl(), earlier, log).register();
        log.started(properties.id(), start.incarnation(), earlier.size());
        return start;
    }

    @Bean
    Incarnation incarnation(PublicationProperties properties, Start start) {
        return new Incarnation(properties.id(), start.incarnation());
    }

    @Bean
    ProcessEnd processEnd(ApplicationContext context) {
        return reason -> new Thread(() -> System.exit(SpringApplication.exit(context, () -> 1)), reason).start();
    }

    @Bean
    Journal journal(Recovery recovery, Incarnation incarnation, ProcessEnd end, RouterLog log) {
        return recovery.begin(incarnation, failure -> {
            log.journalFailed(failure);
            end.begin("journal-failed");
        });
    }

    @Bean
    HealthIndicator journalHealthIndicator(Journal journal) {
        return () -> journal.accepts() ? Health.up().build() : Health.down().build();
    }

    @Bean
    HighWaterMarks highWaterMarks(Journal journal, Start start) {
        var unfinished = start.unposted().stream().map(Unposted::incarnation).toList();
        return new HighWaterMarks(journal, unfinished, System::nanoTime);
    }

    @Bean
    Publication publication(
            Journal journal,
            Start start,
            HighWaterMarks marks,
            PublicationProperties properties,
            ProducerFactory<?, ?> producers,
            InstantSource clock,
            RouterLog log) {
        var number = journal.incarnation().number();
        var live = new StreamForwarder(
                journal.incarnation(), new LiveStream(number, journal.reader()), new Stall(properties.stalled()), 0);
        var earlier = new EarlierStreams(journal, marks, properties.stalled(), log)
                .toFinish(start.unposted(), clock.millis());
        var settings = settings(producers.getConfigurationProperties());
        var forwarder = new Forwarder(
                () -> new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()),
                earlier,
                live,
                marks,
                log);
        return new Publication(journal, forwarder, properties.lastFrames(), clock, log);
    }

    @Bean
    HealthIndicator publicationHealthIndicator(Publication publication) {
        return () -> publication.isAlive() ? Health.up().build() : Health.down().build();
    }

    /// A frame is sent until Kafka has it, and never before the one ahead of it.
    static Map<String, Object> settings(Map<String, Object> base) {
        var settings = new HashMap<>(base);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        settings.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 16L * 1024 * 1024);
        settings.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return settings;
    }
}
