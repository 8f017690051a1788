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

    /// Scores are told every second, and what is taken in together costs little more than a single race: so frames
    /// gather for a while, but for no longer than it takes until there are many.
    private static final Duration GATHERED = Duration.ofMillis(250);

    private static final int MANY_BYTES = 1024 * 1024;

    @Bean(RACE_FRAME_CONTAINERS)
    ConcurrentKafkaListenerContainerFactory<String, byte[]> raceFrameContainers(ConsumerFactory<?, ?> consumers) {
        var settings = new HashMap<>(consumers.getConfigurationProperties());
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, Math.toIntExact(GATHERED.toMillis()));
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, MANY_BYTES);
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
