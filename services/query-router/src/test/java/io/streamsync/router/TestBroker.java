package io.streamsync.router;

import io.streamsync.testing.Backends;
import java.util.List;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/// The tests' own Kafka.
@TestConfiguration(proxyBeanMethods = false)
class TestBroker {

    @Bean
    KafkaConnectionDetails kafkaConnectionDetails() {
        return () -> List.of(Backends.kafka());
    }
}
