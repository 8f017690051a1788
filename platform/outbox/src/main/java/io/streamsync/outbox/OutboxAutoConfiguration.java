package io.streamsync.outbox;

import io.streamsync.events.Topics;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SQLErrorCodeSQLExceptionTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.FixedBackOff;
import tools.jackson.databind.json.JsonMapper;

/// Outbox, relay and inbox on the service's own database; the error handling of its JSON consumers.
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
@EnableConfigurationProperties(OutboxProperties.class)
class OutboxAutoConfiguration {

    /// Two more tries, too few to hold others up. While the database is away there is no end to them.
    private static final FixedBackOff RETRIES = new FixedBackOff(500, 2);

    @Bean
    OutboxRelay outboxRelay(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            @Qualifier("outboxProducers") DefaultKafkaProducerFactory<String, byte[]> outboxProducers,
            OutboxProperties properties) {
        return new OutboxRelay(
                jdbc, new TransactionTemplate(transactions), outboxProducers::createProducer, properties);
    }

    @Bean
    Outbox outbox(JdbcClient jdbc, JsonMapper json, OutboxRelay relay) {
        return new Outbox(jdbc, json, relay);
    }

    @Bean
    Inbox inbox(JdbcClient jdbc) {
        return new Inbox(jdbc);
    }

    @Bean
    InboxRetention inboxRetention(JdbcClient jdbc, OutboxProperties properties) {
        return new InboxRetention(jdbc, properties);
    }

    /// Not Boot's own factory: bytes, and acknowledged by all replicas in order whatever the service's defaults.
    @Bean(defaultCandidate = false)
    DefaultKafkaProducerFactory<String, byte[]> outboxProducers(
            KafkaProperties properties, KafkaConnectionDetails connection, OutboxProperties outbox) {
        Map<String, Object> settings = properties.buildProducerProperties();
        settings.put(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.getProducer().getBootstrapServers());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        // what the relay gives up, the producer gives up too: a late copy must not overtake what another relay sent
        var patience = Math.toIntExact(outbox.acknowledgement().toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, patience);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, patience / 3);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience / 6);
        return new DefaultKafkaProducerFactory<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /// Knows PostgreSQL's own codes: a lock that was waited for too long is a failure that passes.
    @Bean
    @ConditionalOnMissingBean
    SQLExceptionTranslator postgresqlExceptions() {
        return new SQLErrorCodeSQLExceptionTranslator("PostgreSQL");
    }

    /// An event that cannot be handled goes to the topic's dead letters with the reason; nothing behind it waits.
    @Bean
    CommonErrorHandler kafkaErrorHandler(KafkaTemplate<?, ?> template) {
        var handler = new DefaultErrorHandler(
                new DeadLetterPublishingRecoverer(
                        template, (failed, reason) -> new TopicPartition(Topics.deadLetters(failed.topic()), -1)),
                RETRIES);
        handler.setBackOffFunction(PassingFailures::backOff);
        return handler;
    }
}
