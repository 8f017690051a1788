package io.streamsync.billing;

import io.streamsync.events.Topics;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

/// The topics that the launcher creates outside of tests.
@TestConfiguration(proxyBeanMethods = false)
class TestTopics {

    static final int RACES_PARTITIONS = 6;

    @Bean
    KafkaAdmin.NewTopics topics() {
        return new KafkaAdmin.NewTopics(
                new NewTopic(Topics.RACES, RACES_PARTITIONS, (short) 1),
                new NewTopic(Topics.SNAPSHOTS, 1, (short) 1),
                new NewTopic(Topics.EPOCHS, 1, (short) 1),
                new NewTopic(Topics.deadLetters(Topics.EPOCHS), 1, (short) 1),
                new NewTopic(Topics.STAKES, 1, (short) 1),
                new NewTopic(Topics.deadLetters(Topics.SNAPSHOTS), 1, (short) 1),
                new NewTopic(Topics.deadLetters(Topics.STAKES), 1, (short) 1),
                new NewTopic(Topics.CREDENTIALS, 1, (short) 1));
    }
}
