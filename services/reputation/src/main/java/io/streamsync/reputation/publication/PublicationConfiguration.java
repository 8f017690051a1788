package io.streamsync.reputation.publication;

import io.streamsync.protocol.parameters.Parameters;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The protocol's parameters as the installation has them, and what publication takes from them.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublicationProperties.class)
class PublicationConfiguration {

    private static final TypeReference<Map<String, Object>> OVERRIDES = new TypeReference<>() {};

    @Bean
    Parameters parameters(PublicationProperties properties, JsonMapper json) {
        var overrides = properties
                .overrides()
                .map(file -> json.readValue(file, OVERRIDES))
                .orElse(Map.of());
        return Parameters.defaults().with(overrides);
    }

    @Bean
    StakeScore stakeScore(Parameters parameters) {
        return new StakeScore(parameters.minimumStake());
    }
}
