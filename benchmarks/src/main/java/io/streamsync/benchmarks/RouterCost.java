package io.streamsync.benchmarks;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a query costs the router in CPU with everything on, beside a plain Spring Cloud Gateway route to one of
/// the same nodes: in turn, on one machine, at one rate, over a running demo.
final class RouterCost {

    private static final int GATEWAY_PORT = 18990;
    private static final int CONNECTIONS = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration ROUND = Duration.ofSeconds(6);
    private static final int ROUNDS = 5;

    private final int rate;
    private final String racers;
    private final JsonNode demo;
    private final long routerPid;

    private RouterCost(Path home, int rate, String racers) throws IOException {
        this.rate = rate;
        this.racers = racers;
        this.demo = JsonMapper.shared().readTree(Files.readString(home.resolve("demo.json")));
        this.routerPid = JsonMapper.shared()
                .readTree(System.in.readAllBytes())
                .at("/routers/0/pid")
                .asLong();
    }

    /// @param arguments home of a running demo, queries per second, racing places; `status --json` on standard input
    public static void main(String[] arguments) throws Exception {
        new RouterCost(Path.of(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]).compare();
    }

    private void compare() throws IOException, InterruptedException {
        var node = demo.at("/nodes/0/endpoint").asString();
        var gateway = startGateway(node);
        try {
            var route = new Target(
                    gateway.pid(),
                    new OpenLoop(URI.create("http://127.0.0.1:" + GATEWAY_PORT + "/"), Map.of(), CONNECTIONS));
            var race = new Target(
                    routerPid,
                    new OpenLoop(
                            URI.create(demo.path("url").asString() + "/"),
                            Map.of("X-API-Key", demo.path("apiKey").asString(), "X-StreamSync-Racers", racers),
                            CONNECTIONS));
            run(route, race);
        } finally {
            gateway.destroy();
        }
    }

    private void run(Target route, Target race) throws IOException, InterruptedException {
        var routeCost = new ArrayList<Cost>();
        var raceCost = new ArrayList<Cost>();
        measure(route, WARM_UP);
        measure(race, WARM_UP);
        for (int round = 0; round < ROUNDS; round++) {
            routeCost.add(measure(route, ROUND));
            raceCost.add(measure(race, ROUND));
        }
        print("gateway route, 1 node", routeCost);
        print("router, racing places " + racers, raceCost);
        System.out.printf(
                Locale.ROOT,
                "ratio of CPU per query, median of %d rounds: %.2f%n",
                ROUNDS,
                median(raceCost) / median(routeCost));
    }

    private Cost measure(Target target, Duration length) throws IOException, InterruptedException {
        double before = cpuSeconds(target.pid());
        var result = target.load().run(rate, length);
        double used = cpuSeconds(target.pid()) - before;
        return new Cost(used * 1e6 / (result.latencies().getTotalCount() + result.failed()), result);
    }

    private static void print(String what, List<Cost> costs) {
        var last = costs.getLast().result();
        System.out.printf(
                Locale.ROOT,
                "%-28s %6.1f µs CPU per query   p50 %.2f ms  p99 %.2f ms  %.0f/s  failed %d%n",
                what,
                median(costs),
                last.millisAt(50),
                last.millisAt(99),
                last.perSecond(),
                costs.stream().mapToLong(cost -> cost.result().failed()).sum());
    }

    private static double median(List<Cost> costs) {
        var sorted = costs.stream().mapToDouble(Cost::micros).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private static Process startGateway(String node) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Dreactor.netty.ioWorkerCount=" + Runtime.getRuntime().availableProcessors(),
                "-cp",
                System.getProperty("java.class.path"),
                PlainGateway.class.getName(),
                Integer.toString(GATEWAY_PORT),
                node);
        var gateway = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.INHERIT)
                .start();
        while (!answers()) {
            if (!gateway.isAlive()) {
                throw new IllegalStateException("the gateway did not start");
            }
            Thread.onSpinWait();
        }
        return gateway;
    }

    private static boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), GATEWAY_PORT), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /// User and system time of a process, fields 14 and 15 of `/proc/PID/stat` in ticks of 10 ms.
    private static double cpuSeconds(long pid) throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Arrays.stream(fields, 11, 13).mapToLong(Long::parseLong).sum() / 100.0;
    }

    private record Target(long pid, OpenLoop load) {}

    private record Cost(double micros, OpenLoop.Result result) {}
}
