package io.streamsync.router.market;

import io.streamsync.protocol.parameters.Parameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The protocol's parameters of this installation, and its clock.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ParametersConfiguration.ParametersProperties.class)
class ParametersConfiguration {

    @Bean
    Parameters parameters(ParametersProperties properties, JsonMapper json) {
        var file = properties.parameters();
        if (file == null || file.toString().isEmpty()) {
            return Parameters.defaults();
        }
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("the file of the protocol's parameters is not there: " + file);
        }
        return Parameters.defaults().with(json.readValue(file, new TypeReference<Map<String, Object>>() {}));
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /// @param parameters a JSON file that replaces some of them by their published names; none: the defaults
    @ConfigurationProperties("streamsync")
    record ParametersProperties(@Nullable Path parameters) {}
}
