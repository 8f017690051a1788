package io.streamsync.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.process.ProcessIdentity;
import io.streamsync.launcher.process.RunFiles;
import io.streamsync.launcher.process.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A market from its first start to its last stop, on real PostgreSQL and Kafka, with services that only stand in.
class MarketLifeTests {

    private static final Duration HEALED = Duration.ofMinutes(1);

    private Path home;
    private RunFiles runFiles;

    @BeforeEach
    void useAFreshHome(@TempDir Path directory) throws IOException {
        home = directory.toRealPath().resolve("home");
        runFiles = new RunFiles(new Installation(home));
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        launch("down");
    }

    @Test
    void startsHealsAndStopsAlsoWithoutItsSupervisor() throws Exception {
        assertThat(up().exitCode()).isZero();
        // whoever does not say within 2 s that it is well counts as down, and a machine may stand still for so long
        await().atMost(HEALED).until(() -> launch("status").exitCode() == 0);
        assertThat(status().at("/services/billing/health").asString()).isEqualTo("UP");

        asksBillingWhetherItsBooksFit();
        asksTheVerifierAboutTheMarketThatRunsHere();
        tellsWhoDoesNotAnswer("billing", "/services/billing/health");
        tellsWhoDoesNotAnswer("kafka", "/kafka/health");
        bringsBackWhoDies("billing");
        bringsBackWhoDies("postgres");
        startsOnlyOnce();
        stopsInOrderAfterItsSupervisorWasKilled();
        findsItsDataAgainOnOtherPorts();
    }

    @Test
    void endsAStartInWhichAServiceDiesWithTheEndOfItsLog() throws Exception {
        var up = launch(Map.of("FAIL_START", "yes"), "up", "--port-base", Integer.toString(Launched.PORT_BASE));

        assertThat(up.exitCode()).isEqualTo(1);
        assertThat(up.err())
                .contains("streamsync: operator-onboarding ended with exit code 7 while starting")
                .contains("  | the reason why it cannot start");
        assertThat(runFiles.names()).isEmpty();
    }

    private void asksBillingWhetherItsBooksFit() throws Exception {
        var found = launch("reconcile");

        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.out())
                .contains("  fits     balances\n")
                .contains("  DIFFERS  leases: expected 3, found 5: customer:a:leased\n");
        var answer = launch("reconcile", "--json").out();
        assertThat(JsonMapper.shared().readTree(answer).at("/checks/1/actual").asString())
                .isEqualTo("5");
    }

    private void asksTheVerifierAboutTheMarketThatRunsHere() throws Exception {
        var verified = launch("verify", "--epoch", "7", "--json");

        assertThat(verified.out()).isEqualTo("--epoch 7 --json --url http://127.0.0.1:" + Launched.EDGE + "\n");
        assertThat(verified.exitCode()).isEqualTo(1);
        assertThat(launch("verify", "--url", "http://elsewhere").out()).isEqualTo("--url http://elsewhere\n");
    }

    private void tellsWhoDoesNotAnswer(String name, String pointer) throws Exception {
        var process = runFiles.alive(name).orElseThrow();
        Signals.send("STOP", process);
        try {
            var status = launch("status", "--json");

            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(JsonMapper.shared().readTree(status.out()).at(pointer).asString())
                    .isEqualTo("DOWN");
        } finally {
            Signals.send("CONT", process);
        }
    }

    private void bringsBackWhoDies(String name) {
        var before = runFiles.alive(name).orElseThrow();
        Signals.send("KILL", before);

        await().atMost(HEALED)
                .until(() -> runFiles.alive(name)
                        .filter(after -> !after.equals(before))
                        .isPresent());
    }

    private void startsOnlyOnce() throws Exception {
        var supervisor = runFiles.alive("supervisor");

        var again = up();

        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).startsWith("a market runs here already: http://127.0.0.1:" + Launched.EDGE);
        assertThat(runFiles.alive("supervisor")).isEqualTo(supervisor);
    }

    private void stopsInOrderAfterItsSupervisorWasKilled() throws Exception {
        var children = runFiles.names().stream()
                .filter(name -> !name.equals("supervisor"))
                .map(name -> runFiles.alive(name).orElseThrow())
                .toList();
        Signals.send("KILL", runFiles.alive("supervisor").orElseThrow());
        assertThat(children).hasSize(6).allMatch(ProcessIdentity::isAlive);

        var down = launch("down");

        assertThat(down.exitCode()).isZero();
        assertThat(down.out()).containsSubsequence("router-1", "billing", "kafka", "postgres");
        assertThat(children).noneMatch(ProcessIdentity::isAlive);
        assertThat(launch("status").exitCode()).isEqualTo(3);
        assertThat(launch("reconcile").exitCode()).isEqualTo(3);
        assertThat(launch("verify", "--epoch", "7").exitCode()).isEqualTo(2);
    }

    private void findsItsDataAgainOnOtherPorts() throws Exception {
        var cluster = Files.getLastModifiedTime(home.resolve("postgres/cluster/PG_VERSION"));
        var again = launch("up", "--port-base", Integer.toString(Launched.PORT_BASE + 200));

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(status().at("/kafka/port").asInt()).isEqualTo(Launched.PORT_BASE + 201);
        assertThat(Files.getLastModifiedTime(home.resolve("postgres/cluster/PG_VERSION")))
                .isEqualTo(cluster);
    }

    private JsonNode status() throws Exception {
        return JsonMapper.shared().readTree(launch("status", "--json").out());
    }

    private Launched up() throws Exception {
        return launch("up", "--port-base", Integer.toString(Launched.PORT_BASE));
    }

    private Launched launch(String... arguments) throws Exception {
        return launch(Map.of(), arguments);
    }

    private Launched launch(Map<String, String> environment, String... arguments) throws Exception {
        return Launched.run(home, environment, arguments);
    }
}
