package io.streamsync.reputation.publication;

import io.streamsync.protocol.parameters.Parameters;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What publication takes from the protocol's parameters.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublicationProperties.class)
class PublicationConfiguration {

    @Bean
    StakeScore stakeScore(PublicationProperties properties, JsonMapper json) {
        var file = properties.parameters();
        var overrides = file == null
                ? Map.<String, Object>of()
                : json.readValue(file, new TypeReference<Map<String, Object>>() {});
        return new StakeScore(Parameters.defaults().with(overrides).minimumStake());
    }
}
