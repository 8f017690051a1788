package io.streamsync.launcher.market;

import io.streamsync.launcher.backend.Databases;
import io.streamsync.launcher.backend.Kafka;
import io.streamsync.launcher.backend.Postgres;
import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Ports;
import io.streamsync.launcher.installation.Secrets;
import io.streamsync.launcher.installation.Settings;
import io.streamsync.launcher.installation.SettlementKey;
import io.streamsync.launcher.process.JavaCommand;
import io.streamsync.launcher.process.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The services as they run in the embedded mode: one JVM each, configured by environment alone.
final class Services {

    static final String BILLING = "billing";
    static final String REPUTATION = "reputation";
    static final String ONBOARDING = "operator-onboarding";

    /// A service whose heap is exhausted ends and is started again, rather than limping on.
    private static final List<String> COMMON_FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED");

    /// Quick to start; they are not on the query path.
    private static final List<String> BACK_FLAGS = List.of("-XX:TieredStopAtLevel=1", "-Xmx256m", "-Xss512k");

    /// Posts every charge, so all compilers are at work. The young generation holds a batch of each partition and one
    /// that waits: in a smaller one they are copied to the old one half-way (docs/performance.md, Posting).
    private static final List<String> BILLING_FLAGS =
            List.of("-Xmx512m", "-Xmn320m", "-XX:SurvivorRatio=3", "-Xss512k");

    /// On the query path: the full compiler, and Netty's own memory access.
    private static final List<String> ROUTER_FLAGS = List.of("-Xmx512m", "--sun-misc-unsafe-memory-access=allow");

    private final Installation installation;
    private final Composition composition;
    private final Settings settings;
    private final Path root;
    private final Ports ports;
    private final Secrets secrets;

    /// @param root of the repository, where the services were built
    Services(Installation installation, Composition composition, Settings settings, Secrets secrets, Path root) {
        this.installation = installation;
        this.composition = composition;
        this.settings = settings;
        this.root = root;
        ports = composition.ports();
        this.secrets = secrets;
    }

    /// All of them, routers last.
    List<Service> all() {
        var services = new ArrayList<>(List.of(
                back(
                        BILLING,
                        ports.billing(),
                        "billing",
                        Map.of(
                                "STREAMSYNC_RACE_KEY", secrets.raceKey(),
                                "STREAMSYNC_REFUSED_PORTS", ownPorts(),
                                "STREAMSYNC_SETTLEMENT_KEY",
                                        SettlementKey.of(installation).toString())),
                back(REPUTATION, ports.reputation(), "reputation", Map.of("STREAMSYNC_REFUSED_PORTS", ownPorts())),
                back(
                        ONBOARDING,
                        ports.onboarding(),
                        "onboarding",
                        Map.of(
                                "STREAMSYNC_REFUSED_PORTS", ownPorts(),
                                "STREAMSYNC_BILLING_URL", loopback(ports.billing())))));
        for (int router = 0; router < composition.routers(); router++) {
            services.add(router(router));
        }
        return services;
    }

    private Service back(String name, int port, String database, Map<String, String> own) {
        var environment = environment(port);
        environment.put("SPRING_DATASOURCE_URL", databases().url(database));
        environment.put("SPRING_DATASOURCE_USERNAME", database);
        environment.put("SPRING_DATASOURCE_PASSWORD", secrets.databasePassword(database));
        environment.putAll(own);
        var flags = name.equals(BILLING) ? BILLING_FLAGS : BACK_FLAGS;
        return new Service(new Program(name, command(name, flags), environment), port);
    }

    private Service router(int router) {
        var name = Composition.routerName(router);
        var environment = environment(ports.edge(router));
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(ports.management(router)));
        environment.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
        environment.put("STREAMSYNC_WEBSOCKET_PORT", Integer.toString(ports.webSocket(router)));
        environment.put("STREAMSYNC_INTERNAL_URL", loopback(ports.management(router)));
        environment.put("STREAMSYNC_ROUTER_ID", Integer.toString(router + 1));
        environment.put("STREAMSYNC_DATA_DIR", installation.router(name).toString());
        environment.put("STREAMSYNC_JOURNAL_SYNC", settings.journalSync());
        environment.put("STREAMSYNC_RACE_KEY", secrets.raceKey());
        environment.put("STREAMSYNC_BILLING_URL", loopback(ports.billing()));
        environment.put("STREAMSYNC_ONBOARDING_URL", loopback(ports.onboarding()));
        environment.put("STREAMSYNC_REPUTATION_URL", loopback(ports.reputation()));
        return new Service(
                new Program(name, command("query-router", ROUTER_FLAGS), environment), ports.management(router));
    }

    private Map<String, String> environment(int port) {
        var environment = new LinkedHashMap<>(settings.environment());
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", new Kafka(installation, ports).bootstrapServers());
        environment.put("STREAMSYNC_SERVICE_TOKEN", secrets.serviceToken());
        environment.put("STREAMSYNC_PUBLIC_URL", composition.url());
        return environment;
    }

    private Databases databases() {
        return new Postgres(installation, ports, secrets).databases();
    }

    private List<String> command(String artifact, List<String> flags) {
        var jar = root.resolve("services").resolve(artifact).resolve("target").resolve(artifact + ".jar");
        if (!Files.exists(jar)) {
            throw new Obstacle(jar + " is not there: build with ./mvnw -B -Dquick package");
        }
        var all = new ArrayList<>(COMMON_FLAGS);
        all.addAll(flags);
        return JavaCommand.jar(jar, all);
    }

    private String ownPorts() {
        return ports.uses(composition.routers()).stream()
                .map(use -> Integer.toString(use.port()))
                .collect(Collectors.joining(","));
    }

    private static String loopback(int port) {
        return "http://127.0.0.1:" + port;
    }
}
