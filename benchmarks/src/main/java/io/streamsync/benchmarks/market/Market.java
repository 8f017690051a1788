package io.streamsync.benchmarks.market;

import io.streamsync.benchmarks.load.Load;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A market as `./streamsync up` starts it, with a customer who can pay and operators of scripted nodes.
public final class Market implements AutoCloseable {

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(500);

    /// A scan, which costs ten thousand times what a look-up does.
    private static final String DEAR = "getProgramAccounts";

    private final Path home;
    private final int port;
    private final int portBase;
    private final Path parameters;
    private String key = "";
    private String managementKey = "";

    private Market(Path home, int port, int portBase, Path parameters) {
        this.home = home;
        this.port = port;
        this.portBase = portBase;
        this.parameters = parameters;
    }

    /// @param home wiped
    /// @param port of the edge; all others follow 20 above it
    public static Market start(Path home, int port, int checkingPlaces, List<Integer> nodes)
            throws IOException, InterruptedException {
        wipe(home);
        var parameters = Files.writeString(
                Files.createDirectories(home).resolve("parameters.json"),
                // everybody active at once: places are then the same throughout
                "{\"checkingPlaces\":" + checkingPlaces + ",\"probationAnswers\":0}");
        var market = new Market(home.toAbsolutePath(), port, port + 20, parameters.toAbsolutePath());
        Runtime.getRuntime().addShutdownHook(new Thread(market::close));
        market.script("up.log", "up", "--port-base", Integer.toString(market.portBase));
        market.enrol(nodes);
        market.openAccount();
        market.awaitRaces(nodes.size());
        return market;
    }

    public ProcessHandle router() {
        return process(status(), "/routers/0");
    }

    /// Stops the services that read the router's records until it is closed; they catch up then. Before that the router
    /// gets all the credit that it may need meanwhile: dear queries are what a lease is sized by.
    public Held holdServices() {
        try {
            var dear = load(DEAR, 3).atRate(100, 16, Duration.ofSeconds(2));
            if (dear.failed() > 0) {
                throw new IllegalStateException("a dear query failed: " + dear.complaint());
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        var services = status().path("services");
        return Held.stop(List.of(
                services.at("/billing/pid").asLong(),
                services.at("/reputation/pid").asLong()));
    }

    /// What works for a race once it is answered, by name.
    public Map<String, ProcessHandle> processes() {
        var status = status();
        var processes = new LinkedHashMap<String, ProcessHandle>();
        processes.put("router", process(status, "/routers/0"));
        processes.put("Kafka", process(status, "/kafka"));
        processes.put("billing", process(status, "/services/billing"));
        processes.put("reputation", process(status, "/services/reputation"));
        processes.put("PostgreSQL", process(status, "/postgres"));
        return processes;
    }

    /// Stops Kafka until it is closed.
    public Held holdKafka() {
        return Held.stop(List.of(status().at("/kafka/pid").asLong()));
    }

    /// Races of the customer that are posted by now.
    public long posted() {
        var posted = 0L;
        for (var method : new Api(url(), managementKey)
                .get("/v1/account/usage?groupBy=method&limit=500")
                .path("items")) {
            posted += method.path("queries").asLong();
        }
        return posted;
    }

    /// @param racers racing places
    public Load load(String method, int racers) {
        return new Load(
                URI.create(url() + "/"),
                Map.of("X-API-Key", key, "X-StreamSync-Racers", Integer.toString(racers)),
                method);
    }

    @Override
    public void close() {
        try {
            script("down.log", "down");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String url() {
        return "http://127.0.0.1:" + port;
    }

    private void enrol(List<Integer> nodes) throws InterruptedException {
        var api = new Api(url(), "");
        var enrolments = new ArrayList<Callable<Void>>();
        for (var node : nodes) {
            enrolments.add(() -> {
                Operator.enrol(api, "Operator " + node, "http://127.0.0.1:" + node);
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Void> enrolment : threads.invokeAll(enrolments)) {
                enrolment.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an operator did not come in", e);
        }
    }

    private void openAccount() {
        var api = new Api(url(), "");
        var account = api.post("/v1/accounts", "{}");
        api.as(account.path("managementKey").asString())
                .post("/v1/account/deposits", "{\"asset\":\"USDC\",\"amount\":\"10000\",\"rail\":\"sandbox\"}");
        key = account.path("apiKey").asString();
        managementKey = account.path("managementKey").asString();
    }

    /// Until the router knows all nodes, the key and the deposit.
    private void awaitRaces(int operators) throws InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        for (var missing = missing(operators); !missing.isEmpty(); missing = missing(operators)) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException("the market is not complete: " + missing);
            }
            Thread.sleep(POLL);
        }
    }

    /// Empty when nothing is.
    private String missing(int operators) throws InterruptedException {
        var asks = new Api(url(), "")
                .post("/v1/quotes", "{\"method\":\"getAccountInfo\"}")
                .path("asks");
        return asks.size() < operators
                ? asks.toString()
                : load("getAccountInfo", 3).atRate(20, 4, Duration.ofSeconds(1)).complaint();
    }

    private static ProcessHandle process(JsonNode status, String at) {
        return ProcessHandle.of(status.at(at).path("pid").asLong()).orElseThrow();
    }

    private JsonNode status() {
        try {
            script("status.json", "status", "--json");
            return JsonMapper.shared().readTree(Files.readString(home.resolve("status.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private void script(String output, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(ROOT.resolve("streamsync").toString()));
        command.addAll(List.of(arguments));
        var log = home.resolve(output);
        var script = new ProcessBuilder(command).directory(ROOT.toFile()).redirectOutput(log.toFile());
        script.redirectErrorStream(true)
                .environment()
                .putAll(Map.of(
                        "STREAMSYNC_HOME", home.toString(),
                        "STREAMSYNC_PORT", Integer.toString(port),
                        "STREAMSYNC_PARAMETERS", parameters.toString()));
        // while services are held, the status says so
        if (script.start().waitFor() != 0 && arguments[0].equals("up")) {
            throw new IllegalStateException(String.join(" ", arguments) + " failed: see " + log);
        }
    }

    private static void wipe(Path home) throws IOException {
        if (Files.exists(home)) {
            try (var files = Files.walk(home)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }
}
