package io.streamsync.onboarding;

import io.streamsync.events.Topics;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;
import org.springframework.test.context.DynamicPropertyRegistrar;

/// What tests of the service share: a movable clock, topics, the portal as a client sees it.
@TestConfiguration(proxyBeanMethods = false)
class OnboardingTestConfiguration {

    @Bean
    @Primary
    TestClock testClock() {
        return new TestClock();
    }

    @Bean
    NewTopics topics() {
        return new NewTopics(
                new NewTopic(Topics.LISTINGS, 3, (short) 1),
                new NewTopic(Topics.STAKES, 3, (short) 1),
                new NewTopic(Topics.REPUTATIONS, 3, (short) 1),
                new NewTopic(Topics.deadLetters(Topics.REPUTATIONS), 1, (short) 1));
    }

    @Bean
    @Lazy
    Told told(KafkaConnectionDetails kafka) {
        return new Told(kafka, Topics.LISTINGS, Topics.STAKES, Topics.deadLetters(Topics.REPUTATIONS));
    }

    @Bean
    ScriptedBilling scriptedBilling() {
        return new ScriptedBilling();
    }

    @Bean
    DynamicPropertyRegistrar billingUrl(ScriptedBilling billing) {
        return properties -> properties.add("streamsync.earnings.billing-url", billing::url);
    }

    @Bean
    @Lazy
    Portal portal(Environment environment, JdbcClient jdbc) {
        return new Portal(environment, jdbc);
    }
}
