package io.streamsync.outbound;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/// The guard and the client. A service that knows the addresses of its hosts gives [HostNames] of its own.
@AutoConfiguration
@EnableConfigurationProperties(OutboundProperties.class)
class OutboundAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    HostNames hostNames() {
        return new SystemHostNames();
    }

    @Bean
    EndpointGuard endpointGuard(HostNames names, OutboundProperties properties) {
        return new EndpointGuard(names, properties);
    }

    @Bean
    Outbound outbound(EndpointGuard guard, OutboundProperties properties) {
        return new Outbound(guard, properties.timeLimit());
    }
}
