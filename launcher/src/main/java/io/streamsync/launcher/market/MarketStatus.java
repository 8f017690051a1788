package io.streamsync.launcher.market;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.streamsync.launcher.backend.Kafka;
import io.streamsync.launcher.backend.Postgres;
import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Ports;
import io.streamsync.launcher.installation.Secrets;
import io.streamsync.launcher.process.ProcessIdentity;
import io.streamsync.launcher.process.RunFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What runs here, as `status --json` shows it; a process that does not run has no pid.
public record MarketStatus(
        String url,
        String wsUrl,
        String phase,
        List<RouterStatus> routers,
        Map<String, ServiceStatus> services,
        BackendStatus postgres,
        BackendStatus kafka,
        String dataDir) {

    static final String UP = "UP";
    static final String DOWN = "DOWN";

    public static MarketStatus of(Installation installation, Composition composition) {
        var pids = new Pids(new RunFiles(installation));
        var ports = composition.ports();
        return new MarketStatus(
                composition.url(),
                composition.webSocketUrl(),
                composition.phase(),
                IntStream.range(0, composition.routers())
                        .mapToObj(router -> router(pids, ports, router))
                        .toList(),
                services(pids, ports),
                backend(ports.postgres(), pids.of(Postgres.NAME), () -> postgresAnswers(installation, ports)),
                backend(ports.kafka(), pids.of(Kafka.NAME), new Kafka(installation, ports)::isReachable),
                installation.home().toString());
    }

    /// Whether everything can do its work.
    @JsonIgnore
    public boolean isHealthy() {
        var health = Stream.of(
                        routers.stream().map(RouterStatus::health),
                        services.values().stream().map(ServiceStatus::health),
                        Stream.of(postgres.health(), kafka.health()))
                .flatMap(Function.identity());
        return health.allMatch(UP::equals);
    }

    private static RouterStatus router(Pids pids, Ports ports, int router) {
        var pid = pids.of(Composition.routerName(router));
        return new RouterStatus(ports.edgeUrl(router), pid, health(pid, () -> Health.isUp(ports.management(router))));
    }

    private static Map<String, ServiceStatus> services(Pids pids, Ports ports) {
        var services = new LinkedHashMap<String, ServiceStatus>();
        services.put(Services.BILLING, service(pids.of(Services.BILLING), ports.billing()));
        services.put(Services.REPUTATION, service(pids.of(Services.REPUTATION), ports.reputation()));
        services.put(Services.ONBOARDING, service(pids.of(Services.ONBOARDING), ports.onboarding()));
        return services;
    }

    private static ServiceStatus service(@Nullable Long pid, int port) {
        return new ServiceStatus(pid, health(pid, () -> Health.isUp(port)));
    }

    private static BackendStatus backend(int port, @Nullable Long pid, BooleanSupplier answers) {
        return new BackendStatus(port, pid, health(pid, answers));
    }

    private static boolean postgresAnswers(Installation installation, Ports ports) {
        try {
            return new Postgres(installation, ports, Secrets.of(installation))
                    .databases()
                    .areReachable();
        } catch (Obstacle refused) {
            return false;
        }
    }

    /// A process that is there may still be unable to do anything.
    private static String health(@Nullable Long pid, BooleanSupplier answers) {
        return pid != null && answers.getAsBoolean() ? UP : DOWN;
    }

    public record RouterStatus(String url, @Nullable Long pid, String health) {}

    public record ServiceStatus(@Nullable Long pid, String health) {}

    public record BackendStatus(int port, @Nullable Long pid, String health) {}

    private record Pids(RunFiles runFiles) {

        @Nullable
        Long of(String name) {
            return runFiles.alive(name).map(ProcessIdentity::pid).orElse(null);
        }
    }
}
