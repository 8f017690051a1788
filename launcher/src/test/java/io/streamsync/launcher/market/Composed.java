package io.streamsync.launcher.market;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/// `docker-compose.yml` as it is written: anchors merged, variables not yet replaced.
record Composed(Map<String, Map<String, Object>> services, String text) {

    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?:(:[?-])([^}]*))?}");

    static Composed read() {
        var text = text("docker-compose.yml");
        Map<String, Map<String, Map<String, Object>>> file = new Yaml().load(text);
        return new Composed(file.getOrDefault("services", Map.of()), text);
    }

    static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Object> service(String name) {
        return services.getOrDefault(name, Map.of());
    }

    @SuppressWarnings("unchecked") // the shape of a compose file
    Map<String, String> environment(String service) {
        var environment = (Map<String, Object>) service(service).getOrDefault("environment", Map.of());
        return environment.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.valueOf(entry.getValue())));
    }

    @SuppressWarnings("unchecked") // the shape of a compose file
    List<String> list(String service, String key) {
        return (List<String>) service(service).getOrDefault(key, List.of());
    }

    /// Every variable of the installation, with what happens when it is not set.
    List<Variable> variables() {
        return VARIABLE.matcher(text)
                .results()
                .map(found -> new Variable(
                        found.group(1), ":?".equals(found.group(2)), found.group(3) == null ? "" : found.group(3)))
                .toList();
    }

    Set<String> variableNames() {
        return variables().stream().map(Variable::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /// @param required whether nothing starts without it
    record Variable(String name, boolean required, String otherwise) {}
}
