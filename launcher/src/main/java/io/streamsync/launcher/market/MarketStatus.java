package io.streamsync.launcher.market;

import io.streamsync.launcher.backend.Kafka;
import io.streamsync.launcher.backend.Postgres;
import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Ports;
import io.streamsync.launcher.process.ProcessIdentity;
import io.streamsync.launcher.process.RunFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

    public static MarketStatus of(Installation installation, Composition composition) {
        var pids = new Pids(new RunFiles(installation));
        var ports = composition.ports();
        return new MarketStatus(
                composition.url(),
                composition.webSocketUrl(),
                composition.phase(),
                IntStream.range(0, composition.routers())
                        .mapToObj(router ->
                                new RouterStatus(ports.edgeUrl(router), pids.of(Composition.routerName(router))))
                        .toList(),
                services(pids, ports),
                new BackendStatus(ports.postgres(), pids.of(Postgres.NAME)),
                new BackendStatus(ports.kafka(), pids.of(Kafka.NAME)),
                installation.home().toString());
    }

    private static Map<String, ServiceStatus> services(Pids pids, Ports ports) {
        var services = new LinkedHashMap<String, ServiceStatus>();
        services.put(Services.BILLING, service(pids.of(Services.BILLING), ports.billing()));
        services.put(Services.REPUTATION, service(pids.of(Services.REPUTATION), ports.reputation()));
        services.put(Services.ONBOARDING, service(pids.of(Services.ONBOARDING), ports.onboarding()));
        return services;
    }

    private static ServiceStatus service(@Nullable Long pid, int port) {
        return new ServiceStatus(pid, pid != null && Health.isUp(port) ? "UP" : "DOWN");
    }

    public record RouterStatus(String url, @Nullable Long pid) {}

    public record ServiceStatus(@Nullable Long pid, String health) {}

    public record BackendStatus(int port, @Nullable Long pid) {}

    private record Pids(RunFiles runFiles) {

        @Nullable
        Long of(String name) {
            return runFiles.alive(name).map(ProcessIdentity::pid).orElse(null);
        }
    }
}
