package io.streamsync.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What only Docker itself can say about `docker-compose.yml`: where it is installed whether the file is valid, and
/// where an engine answers and images can be had, that the market comes up healthy.
class ContainerTests {

    private static final int EDGE = 23_380;
    private static final List<String> PLUGIN = List.of("docker", "compose", "--project-name", "streamsync-test");

    /// Compose as a program of its own, as some distributions have it: good enough to read the file.
    private static final List<String> STANDALONE = List.of("docker-compose", "--project-name", "streamsync-test");

    private static final List<String> SECRETS = List.of(
            "POSTGRES_PASSWORD",
            "ONBOARDING_DATABASE_PASSWORD",
            "BILLING_DATABASE_PASSWORD",
            "REPUTATION_DATABASE_PASSWORD",
            "STREAMSYNC_SERVICE_TOKEN",
            "STREAMSYNC_RACE_KEY");

    @Test
    void theFileIsValidOnceTheSecretsAreSet() throws Exception {
        var compose = installedCompose();

        assertThat(run(environment(), 1, compose, "config", "--quiet")).isZero();
    }

    @Test
    void nothingStartsWhileASecretIsMissing() throws Exception {
        var compose = installedCompose();

        for (var secret : SECRETS) {
            var incomplete = new HashMap<>(environment());
            incomplete.put(secret, "");
            assertThat(run(incomplete, 1, compose, "config", "--quiet"))
                    .as(secret)
                    .isNotZero();
        }
    }

    @Test
    void theMarketComesUpHealthy() throws Exception {
        assumeTrue(run(Map.of(), 1, PLUGIN, "version") == 0, "docker compose is not installed");
        assumeTrue(run(Map.of(), 1, List.of("docker"), "info") == 0, "no container engine answers");
        for (var image : List.of("eclipse-temurin:25-jdk", "eclipse-temurin:25-jre", "postgres:18")) {
            assumeTrue(run(Map.of(), 5, List.of("docker"), "pull", "--quiet", image) == 0, image + " cannot be pulled");
        }
        try {
            assertThat(run(environment(), 20, PLUGIN, "up", "--build", "--detach", "--wait"))
                    .isZero();
            assertThat(get("http://127.0.0.1:" + EDGE + "/v1/network")).isEqualTo(200);
        } finally {
            run(environment(), 3, PLUGIN, "down", "--volumes");
        }
    }

    private static Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        var random = new Random();
        for (var secret : SECRETS) {
            var bytes = new byte[16];
            random.nextBytes(bytes);
            environment.put(secret, HexFormat.of().formatHex(bytes));
        }
        environment.put("STREAMSYNC_PUBLIC_URL", "http://127.0.0.1:" + EDGE);
        environment.put("STREAMSYNC_PORT", Integer.toString(EDGE));
        environment.put("STREAMSYNC_WEBSOCKET_PORT", Integer.toString(EDGE + 1));
        return environment;
    }

    private static List<String> installedCompose() throws Exception {
        var plugin = run(Map.of(), 1, PLUGIN, "version") == 0;
        assumeTrue(plugin || run(Map.of(), 1, STANDALONE, "version") == 0, "docker compose is not installed");
        return plugin ? PLUGIN : STANDALONE;
    }

    /// The exit code; 127, as a shell would say, for a command that is not there, and 124 for one that takes too long.
    private static int run(Map<String, String> environment, int minutes, List<String> command, String... arguments)
            throws Exception {
        var all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        var builder = new ProcessBuilder(all)
                .directory(Path.of("..").toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(new File("target/containers.log")));
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            if (process.waitFor(minutes, TimeUnit.MINUTES)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            return 124;
        } catch (IOException notThere) {
            return 127;
        }
    }

    private static int get(String url) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
