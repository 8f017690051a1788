package io.streamsync.billing.intake;

import io.streamsync.billing.stream.RaceReading;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The consumer of race records. Plain, because its offset is the database's and a failure stops one partition only.
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    /// Per partition and poll: some 4 500 records, which as objects take three times as much. Two batches of each
    /// of six partitions have to fit into the old generation beside the rest.
    private static final int FETCH_BYTES = 2560 * 1024;

    /// A fetch that waits for partitions without records delays those of the others, once they are read on.
    private static final int FETCH_WAIT_MILLIS = 50;

    @Bean
    RaceIntake raceIntake(
            KafkaProperties properties,
            KafkaConnectionDetails connection,
            StreamIntake streams,
            IntakeLog log,
            InstantSource clock) {
        Map<String, Object> settings = properties.buildConsumerProperties();
        settings.put(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                connection.getConsumer().getBootstrapServers());
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, RaceReading.GROUP);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1_000);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        return new RaceIntake(
                () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                streams,
                log,
                clock);
    }
}
