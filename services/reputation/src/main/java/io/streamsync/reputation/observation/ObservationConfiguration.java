package io.streamsync.reputation.observation;

import java.time.Duration;
import java.util.HashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/// How race frames are read: as bytes, some at once, and again until the database has taken them.
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

    static final String RACE_FRAME_CONTAINERS = "raceFrameContainers";

    /// Up to 5 120 records in one transaction: a fraction of a second.
    private static final int FRAMES_AT_ONCE = 20;

    @Bean(RACE_FRAME_CONTAINERS)
    ConcurrentKafkaListenerContainerFactory<String, byte[]> raceFrameContainers(ConsumerFactory<?, ?> consumers) {
        var settings = new HashMap<>(consumers.getConfigurationProperties());
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, FRAMES_AT_ONCE);
        var containers = new ConcurrentKafkaListenerContainerFactory<String, byte[]>();
        containers.setConsumerFactory(
                new DefaultKafkaConsumerFactory<>(settings, new StringDeserializer(), new ByteArrayDeserializer()));
        containers.setBatchListener(true);
        containers.setCommonErrorHandler(new DefaultErrorHandler(untilItWorks()));
        return containers;
    }

    /// What fails here is the database, never a frame: those that cannot be read were left out before.
    private static ExponentialBackOff untilItWorks() {
        var backOff = new ExponentialBackOff(Duration.ofMillis(200).toMillis(), 2);
        backOff.setMaxInterval(Duration.ofSeconds(5).toMillis());
        return backOff;
    }
}
