package io.streamsync.router.pages;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.market.GenesisHash;
import io.streamsync.router.market.Market;
import io.streamsync.router.publication.BillingEndpoint;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the pages together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NetworkProperties.class)
class PagesConfiguration {

    @Bean
    ActivityWatch activityWatch(BillingEndpoint billing, RouterLog log) {
        return new ActivityWatch(billing, log);
    }

    @Bean
    Pages pages(
            Market market,
            GenesisHash genesis,
            Parameters parameters,
            NetworkProperties network,
            ActivityWatch activity) {
        return new Pages(market, genesis, parameters, network, activity);
    }
}
