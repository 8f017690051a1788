package io.streamsync.billing.parameters;

import io.streamsync.protocol.parameters.Parameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The parameters in force: the defaults, with those replaced that the installation's file names.
@Configuration(proxyBeanMethods = false)
class ParametersConfiguration {

    @Bean
    Parameters parameters(ParametersProperties properties, JsonMapper json) {
        var file = properties.parameters();
        return file == null || file.isBlank()
                ? Parameters.defaults()
                : Parameters.defaults()
                        .with(json.readValue(text(Path.of(file)), new TypeReference<Map<String, Object>>() {}));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("STREAMSYNC_PARAMETERS names a file that cannot be read: " + file, e);
        }
    }
}
