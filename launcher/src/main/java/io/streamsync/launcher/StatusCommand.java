package io.streamsync.launcher;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.market.Composition;
import io.streamsync.launcher.market.MarketStatus;
import io.streamsync.launcher.market.RunState;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Says what runs: for people, or with `--json` for programs. The exit code is 1 when something of it is down.
@Command(name = "status")
final class StatusCommand implements Callable<Integer> {

    private static final int NOTHING_RUNS = 3;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Option(names = "--json")
    private boolean json;

    @Override
    public Integer call() {
        var installation = Installation.of(System.getenv());
        var state = RunState.of(installation);
        var composition = Composition.read(installation);
        if (state == RunState.STOPPED || composition.isEmpty()) {
            System.err.println("nothing runs in " + installation.home());
            return NOTHING_RUNS;
        }
        var status = MarketStatus.of(installation, composition.get());
        System.out.println(json ? JSON.writeValueAsString(status) : forPeople(state, status));
        return status.isHealthy() ? 0 : 1;
    }

    private static String forPeople(RunState state, MarketStatus status) {
        var text = new StringBuilder();
        text.append("%s%nWebSocket %s%nphase %s, data in %s%n%s%n"
                .formatted(status.url(), status.wsUrl(), status.phase(), status.dataDir(), sentence(state)));
        status.routers().forEach(router -> line(text, "router " + router.url(), router.pid(), router.health()));
        status.services().forEach((name, service) -> line(text, name, service.pid(), service.health()));
        line(
                text,
                "PostgreSQL :" + status.postgres().port(),
                status.postgres().pid(),
                status.postgres().health());
        line(
                text,
                "Kafka :" + status.kafka().port(),
                status.kafka().pid(),
                status.kafka().health());
        return text.toString().stripTrailing();
    }

    private static String sentence(RunState state) {
        return switch (state) {
            case STOPPED -> "nothing runs";
            case NOT_READY -> "starting";
            case READY -> "running";
            case ORPHANED -> "without a supervisor: ./streamsync down cleans up, ./streamsync up starts anew";
        };
    }

    private static void line(StringBuilder text, String name, @Nullable Long pid, String health) {
        text.append("  %-32s %-12s %s%n".formatted(name, pid == null ? "not running" : "pid " + pid, health));
    }
}
