package io.streamsync.router.submission;

import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.Market;
import io.streamsync.router.node.NodeClient;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts together what looks after sent transactions.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SubmissionProperties.class)
class SubmissionConfiguration {

    @Bean
    Rebroadcast rebroadcast(Market market, NodeClient nodes, SubmissionProperties properties, RouterLog log) {
        return new Rebroadcast(market::current, nodes, properties, log);
    }

    @Bean
    Submissions submissions(Rebroadcast rebroadcast, SubmissionProperties properties) {
        return new Submissions(properties.remembered(), rebroadcast, System::nanoTime);
    }
}
