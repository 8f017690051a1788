package io.streamsync.router.epoch;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.HighWaterMarks;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Secrets from files to Kafka, and the numbers of races.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EpochProperties.class)
class EpochConfiguration {

    @Bean
    RaceSequence raceSequence() {
        return new RaceSequence();
    }

    @Bean
    EpochSecrets epochSecrets(
            EpochProperties properties,
            Parameters parameters,
            Journal journal,
            HighWaterMarks marks,
            SecretTopic topic,
            InstantSource clock)
            throws IOException {
        return new EpochSecrets(
                new EpochLengths(parameters.epoch(), parameters.deadline()),
                journal,
                marks,
                SecretFiles.in(properties.directory()),
                topic,
                clock);
    }

    @Bean
    SecretTopic secretTopic(
            KafkaTemplate<String, String> kafka,
            JsonMapper mapper,
            Journal journal,
            InstantSource clock,
            RouterLog log) {
        return new SecretTopic(
                kafka, mapper, journal.incarnation(), clock, Executors.newVirtualThreadPerTaskExecutor(), log);
    }

    @Bean
    EpochTurning epochTurning(EpochSecrets secrets, RouterLog log) {
        return new EpochTurning(secrets, log);
    }

    @Bean
    HealthIndicator secretsHealthIndicator(EpochSecrets secrets, EpochTurning turning) {
        return () -> secrets.ready() && turning.isAlive()
                ? Health.up().build()
                : Health.down().build();
    }
}
