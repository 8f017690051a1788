package io.streamsync.onboarding;

import io.streamsync.protocol.parameters.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What every module is given: the time and the numbers of the rules.
@Configuration(proxyBeanMethods = false)
class OnboardingConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /// The defaults, with what the installation's file overrides.
    @Bean
    Parameters parameters(@Value("${streamsync.parameters:}") String file, JsonMapper json) throws IOException {
        if (file.isBlank()) {
            return Parameters.defaults();
        }
        return Parameters.defaults()
                .with(json.readValue(Files.readString(Path.of(file)), new TypeReference<Map<String, Object>>() {}));
    }
}
