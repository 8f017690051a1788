package io.streamsync.reputation;

import io.streamsync.events.Topics;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.kafka.core.KafkaAdmin;
import tools.jackson.databind.json.JsonMapper;

/// The topics, a clock that tests move, and the market around the service.
@TestConfiguration(proxyBeanMethods = false)
class MarketConfiguration {

    @Bean
    KafkaAdmin.NewTopics topics() {
        return new KafkaAdmin.NewTopics(
                new NewTopic(Topics.RACES, 6, (short) 1),
                new NewTopic(Topics.LISTINGS, 3, (short) 1),
                new NewTopic(Topics.REPUTATIONS, 3, (short) 1),
                new NewTopic(Topics.PROBES, 3, (short) 1),
                new NewTopic(Topics.deadLetters(Topics.PROBES), 1, (short) 1),
                new NewTopic(Topics.deadLetters(Topics.LISTINGS), 1, (short) 1));
    }

    @Bean
    @Primary
    MovableClock movableClock() {
        return new MovableClock();
    }

    @Bean(destroyMethod = "close")
    Market market(JsonMapper json, MovableClock clock) {
        return new Market(json, clock);
    }
}
