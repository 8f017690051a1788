package io.streamsync.router.tip;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.Market;
import io.streamsync.router.node.NodeClient;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Puts the tips together.
@Configuration(proxyBeanMethods = false)
class TipConfiguration {

    /// What a probe brought is not worth more waiting.
    private static final int MAX_BLOCK_MILLIS = 1_000;

    @Bean
    Tips tips(Parameters parameters) {
        return new Tips(parameters);
    }

    @Bean
    Sessions sessions() {
        return new Sessions();
    }

    /// A producer of its own: others may wait longer.
    @Bean(defaultCandidate = false)
    KafkaTemplate<String, String> probeKafka(ProducerFactory<String, String> producers) {
        return new KafkaTemplate<>(producers, Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS));
    }

    @Bean
    Probing probing(
            Market market,
            Tips tips,
            NodeClient nodes,
            @Qualifier("probeKafka") KafkaTemplate<String, String> kafka,
            JsonMapper json,
            Incarnation incarnation,
            Parameters parameters,
            InstantSource clock,
            RouterLog log) {
        var topic = new ProbeTopic(kafka, json, incarnation.router(), log);
        return new Probing(market, tips, nodes, topic, incarnation.router(), parameters, clock, log);
    }
}
