package io.streamsync.launcher.installation;

import io.streamsync.protocol.parameters.Parameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What the environment says about an installation, with the defaults of the embedded mode.
///
/// @param parameters a JSON file that overrides protocol parameters
/// @param journalSync `os`: a router's journal survives kill -9; `disk`: also a loss of power
public record Settings(
        int edgePort,
        String phase,
        boolean sandbox,
        String allowedEndpoints,
        String journalSync,
        @Nullable String genesisHash,
        @Nullable Path parameters) {

    private static final TypeReference<Map<String, Object>> NAMES_AND_VALUES = new TypeReference<>() {};

    private static final Set<String> PHASES = Set.of("launch", "growth", "maturity");

    /// @throws Obstacle naming the variable that makes no sense
    public static Settings of(Map<String, String> environment) {
        var variables = new Variables(environment);
        return new Settings(
                variables.port("STREAMSYNC_PORT", Ports.DEFAULT_EDGE),
                variables.oneOf("STREAMSYNC_PHASE", "maturity", PHASES),
                Boolean.parseBoolean(variables.oneOf("STREAMSYNC_SANDBOX", "true", Set.of("true", "false"))),
                variables.text("STREAMSYNC_ALLOWED_ENDPOINTS", "127.0.0.0/8,::1/128"),
                variables.oneOf("STREAMSYNC_JOURNAL_SYNC", "os", Set.of("os", "disk")),
                variables.optional("STREAMSYNC_GENESIS_HASH"),
                variables.parameters("STREAMSYNC_PARAMETERS"));
    }

    /// The same settings as every service expects them.
    public Map<String, String> environment() {
        var environment = new LinkedHashMap<>(Map.of(
                "STREAMSYNC_PHASE", phase,
                "STREAMSYNC_SANDBOX", Boolean.toString(sandbox),
                "STREAMSYNC_ALLOWED_ENDPOINTS", allowedEndpoints));
        if (genesisHash != null) {
            environment.put("STREAMSYNC_GENESIS_HASH", genesisHash);
        }
        if (parameters != null) {
            environment.put("STREAMSYNC_PARAMETERS", parameters.toString());
        }
        return environment;
    }

    private record Variables(Map<String, String> environment) {

        String text(String name, String otherwise) {
            var value = optional(name);
            return value == null ? otherwise : value;
        }

        @Nullable
        String optional(String name) {
            var value = environment.get(name);
            return value == null || value.isBlank() ? null : value.strip();
        }

        String oneOf(String name, String otherwise, Set<String> values) {
            var value = text(name, otherwise);
            if (!values.contains(value)) {
                throw new Obstacle(name + " must be one of "
                        + String.join(", ", values.stream().sorted().toList()) + ", it is " + value);
            }
            return value;
        }

        int port(String name, int otherwise) {
            var value = text(name, Integer.toString(otherwise));
            if (!value.matches("\\d{1,5}")) {
                throw new Obstacle(name + " must be a port number, it is " + value);
            }
            return Integer.parseInt(value);
        }

        /// Read here too, so that a wrong name is told before anything starts and not by every service's log.
        @Nullable
        Path parameters(String name) {
            var value = optional(name);
            if (value == null) {
                return null;
            }
            var file = Path.of(value).toAbsolutePath();
            if (!Files.isReadable(file)) {
                throw new Obstacle(name + " names a file that cannot be read: " + file);
            }
            try {
                var overrides = JsonMapper.shared().readTree(file);
                if (!overrides.isObject()) {
                    throw new Obstacle(name + " names a file that is no JSON object of parameters: " + file);
                }
                var _ = Parameters.defaults().with(JsonMapper.shared().convertValue(overrides, NAMES_AND_VALUES));
            } catch (JacksonException e) {
                throw new Obstacle(name + " names a file that is no JSON object of parameters: " + file, e);
            } catch (IllegalArgumentException e) {
                throw new Obstacle(name + " names a file that cannot be used, " + file + ": " + e.getMessage(), e);
            }
            return file;
        }
    }
}
