package io.streamsync.launcher.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Secrets;
import io.streamsync.launcher.installation.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The market in containers means the same as the market that the launcher runs.
class ComposeFileTests {

    private static final List<String> SERVICES =
            List.of("billing", "reputation", "operator-onboarding", "query-router");

    /// What the embedded mode leaves to the launcher's own environment.
    private static final Set<String> ONLY_COMPOSED = Set.of("STREAMSYNC_INVITATIONS", "STREAMSYNC_INVITED_WALLETS");

    /// Names a file; billing makes the key on its own volume.
    private static final String KEY_FILE = "STREAMSYNC_SETTLEMENT_KEY";

    private static final Pattern WITHOUT_DEFAULT = Pattern.compile("\\$\\{([A-Z_]+)}");

    private final Composed composed = Composed.read();
    private Map<String, Map<String, String>> launched = Map.of();

    @BeforeEach
    void askTheLauncher(@TempDir Path directory) throws IOException {
        for (var service : SERVICES) {
            var target = Files.createDirectories(directory.resolve("services/" + service + "/target"));
            Files.createFile(target.resolve(service + ".jar"));
        }
        var parameters = Files.writeString(directory.resolve("parameters.json"), "{}");
        var installation = new Installation(directory.resolve("home"));
        installation.prepare();
        var settings = Settings.of(
                Map.of("STREAMSYNC_GENESIS_HASH", "some hash", "STREAMSYNC_PARAMETERS", parameters.toString()));
        var composition = new Composition(18_000, 8080, 1, "maturity");
        launched = new Services(installation, composition, settings, Secrets.of(installation), directory)
                .all().stream()
                        .collect(Collectors.toMap(
                                service -> service.name().equals("router-1") ? "query-router" : service.name(),
                                service -> service.program().environment()));
    }

    @Test
    void setsForEveryServiceWhatTheLauncherSets() {
        assertThat(launched.keySet()).containsExactlyInAnyOrderElementsOf(SERVICES);
        launched.forEach((service, environment) -> {
            var names = new HashSet<>(composed.environment(service).keySet());
            names.removeAll(ONLY_COMPOSED);
            assertThat(names).as(service).isEqualTo(environment.keySet());
        });
    }

    @Test
    void setsWhatAServiceCannotStartWithout() {
        for (var service : SERVICES) {
            var configuration = Composed.text("services/" + service + "/src/main/resources/application.yml");
            var needed = WITHOUT_DEFAULT
                    .matcher(configuration)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(composed.environment(service).keySet()).as(service).containsAll(needed);
        }
    }

    @Test
    void givesEveryServiceTheDatabaseThatTheLauncherGives() {
        launched.forEach((service, environment) -> {
            var url = environment.getOrDefault("SPRING_DATASOURCE_URL", "/");
            var database = url.substring(url.lastIndexOf('/') + 1);
            if (!database.isEmpty()) {
                assertThat(composed.environment(service))
                        .containsEntry("SPRING_DATASOURCE_URL", "jdbc:postgresql://postgres:5432/" + database)
                        .containsEntry("SPRING_DATASOURCE_USERNAME", database);
                assertThat(Composed.text("infra/postgres/databases.sh")).contains("\ncreate " + database + " \"$");
            }
        });
    }

    @Test
    void hasNoSecretThatWorksWithoutBeingSet() {
        var secrets = composed.variables().stream()
                .filter(variable -> variable.name().matches(".*(PASSWORD|TOKEN|KEY)"))
                .toList();
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(6).allMatch(Composed.Variable::required);
        for (var service : composed.services().keySet()) {
            composed.environment(service).forEach((name, value) -> {
                if (name.matches(".*(PASSWORD|TOKEN|KEY)") && !name.equals(KEY_FILE)) {
                    assertThat(value).as(name).startsWith("${").contains(":?");
                }
            });
        }
        assertThat(example()).allSatisfy((name, value) -> {
            if (name.toString().matches(".*(PASSWORD|TOKEN|KEY)")) {
                assertThat(value.toString()).as(name.toString()).isEmpty();
            }
        });
    }

    @Test
    void explainsEveryVariableInTheExample() {
        assertThat(example().stringPropertyNames()).isEqualTo(composed.variableNames());
        composed.variables().stream()
                .filter(variable -> !variable.required())
                .forEach(variable ->
                        assertThat(example()).as(variable.name()).containsEntry(variable.name(), variable.otherwise()));
    }

    @Test
    void publishesTheEdgeAndItsWebSocketAndNothingElse() {
        composed.services().keySet().forEach(service -> {
            if (!service.equals("query-router")) {
                assertThat(composed.list(service, "ports")).as(service).isEmpty();
            }
        });
        assertThat(composed.list("query-router", "ports"))
                .containsExactly("${STREAMSYNC_PORT:-8080}:8080", "${STREAMSYNC_WEBSOCKET_PORT:-8081}:8081");
        assertThat(composed.environment("query-router"))
                .containsEntry("SERVER_PORT", "8080")
                .containsEntry("STREAMSYNC_WEBSOCKET_PORT", "8081");
    }

    @Test
    void keepsStateOnVolumesAndTheJournalOverALossOfPower() {
        assertThat(composed.list("postgres", "volumes")).contains("postgres:/var/lib/postgresql");
        assertThat(composed.list("kafka", "volumes")).contains("kafka:/var/lib/kafka/data");
        assertThat(composed.environment("kafka")).containsEntry("KAFKA_LOG_DIRS", "/var/lib/kafka/data");
        assertThat(composed.list("query-router", "volumes")).contains("router:/var/lib/streamsync");
        assertThat(composed.environment("query-router"))
                .containsEntry("STREAMSYNC_DATA_DIR", "/var/lib/streamsync")
                .containsEntry("STREAMSYNC_JOURNAL_SYNC", "disk");
        assertThat(composed.list("billing", "volumes")).contains("billing:/var/lib/streamsync");
        assertThat(composed.environment("billing")).containsEntry(KEY_FILE, "/var/lib/streamsync/settlement-key.pem");
    }

    @Test
    void letsEveryServiceReadTheSameParameters() {
        for (var service : SERVICES) {
            var file = composed.environment(service).get("STREAMSYNC_PARAMETERS");
            assertThat(composed.list(service, "volumes"))
                    .as(service)
                    .anyMatch(volume -> volume.endsWith(":" + file + ":ro"));
        }
        assertThat(Composed.text("infra/parameters.json").strip()).isEqualTo("{}");
    }

    @Test
    void startsInTheOrderInWhichTheLauncherStarts() {
        for (var service : List.of("billing", "reputation", "operator-onboarding")) {
            assertThat(dependencies(service))
                    .containsEntry("postgres", Map.of("condition", "service_healthy"))
                    .containsEntry("topics", Map.of("condition", "service_completed_successfully"));
            assertThat(dependencies("query-router")).containsEntry(service, Map.of("condition", "service_healthy"));
        }
        assertThat(dependencies("topics")).containsEntry("kafka", Map.of("condition", "service_healthy"));
    }

    @Test
    void asksEveryContainerForItsHealth() {
        for (var service : SERVICES) {
            var port = composed.environment(service)
                    .getOrDefault(
                            "MANAGEMENT_SERVER_PORT",
                            composed.environment(service).get("SERVER_PORT"));
            assertThat(target(service))
                    .contains("HEALTHCHECK ")
                    .contains("CMD [\"curl\"")
                    .contains("\"http://127.0.0.1:" + port + "/actuator/health\"");
        }
        for (var backend : List.of("postgres", "kafka")) {
            assertThat(composed.service(backend)).containsKey("healthcheck");
        }
    }

    @Test
    void runsTheBrokerOfTheEmbeddedMode() {
        assertThat(composed.service("kafka")).containsEntry("image", "apache/kafka:" + AppInfoParser.getVersion());
        assertThat(composed.environment("kafka")).containsEntry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    }

    @Test
    void buildsEveryServiceAsATargetThatIsNotRoot() {
        var dockerfile = Composed.text("Dockerfile");
        var runtime = dockerfile.substring(dockerfile.indexOf(" AS runtime"), dockerfile.indexOf(" AS topics"));
        assertThat(runtime).containsPattern("(?m)^USER streamsync$");
        for (var service : SERVICES) {
            assertThat(composed.service(service))
                    .extractingByKey("build")
                    .isEqualTo(Map.of("context", ".", "target", service));
            assertThat(target(service))
                    .startsWith("FROM runtime AS " + service)
                    .contains("\"-jar\", \"" + service + ".jar\"]")
                    .doesNotContain("USER ");
        }
    }

    private static String target(String service) {
        var dockerfile = Composed.text("Dockerfile");
        var start = dockerfile.indexOf("FROM runtime AS " + service);
        assertThat(start).as("a target " + service).isNotNegative();
        var next = dockerfile.indexOf("\nFROM ", start);
        return next < 0 ? dockerfile.substring(start) : dockerfile.substring(start, next);
    }

    @SuppressWarnings("unchecked") // the shape of a compose file
    private Map<String, Object> dependencies(String service) {
        return (Map<String, Object>) composed.service(service).getOrDefault("depends_on", Map.of());
    }

    private static Properties example() {
        var example = new Properties();
        try (var reader = Files.newBufferedReader(Composed.ROOT.resolve(".env.example"))) {
            example.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return example;
    }
}
