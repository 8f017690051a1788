package io.streamsync.system;

import static org.awaitility.Awaitility.await;

import io.streamsync.system.Api.Reply;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The market of the demo, started once for all stories by the script that everybody uses, stopped when the JVM ends.
final class Market {

    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    static final int PORT = Integer.getInteger("streamsync.test.port", 18480);
    static final int PORT_BASE = Integer.getInteger("streamsync.test.port-base", 18500);

    /// Where a demo runs already that is to be asked instead, for whoever writes a story.
    private static final @Nullable String RUNNING = System.getProperty("streamsync.test.running");

    static final Path HOME = RUNNING == null ? Path.of("target", "market").toAbsolutePath() : Path.of(RUNNING);

    /// Short epochs and waits, so that stories see their end.
    private static final Path PARAMETERS =
            Path.of("src", "test", "resources", "parameters.json").toAbsolutePath();

    /// Longer than a query and its verdicts may take, shorter than anywhere else.
    private static final String DRAIN = "13s";

    /// Longer than anything takes that comes by itself, on a machine with other things to do. How soon it comes on a
    /// quiet one is measured in benchmarks, and no story's outcome is to hang on it.
    static final Duration PATIENCE = Duration.ofMinutes(1);

    /// For the JVMs of a market that starts often and lives for minutes, as for those of the tests: half of what a
    /// start costs is to compile thoroughly. A JVM says on its error output that it read this.
    static final String JAVA_OPTIONS = "-XX:TieredStopAtLevel=1";

    /// What is true over all routers needs two of them.
    private static final String ROUTERS = "2";

    /// With the story; on a busy machine that takes its time.
    private static final Duration START = Duration.ofMinutes(10);

    private final Path output;

    private Market(Path output) {
        this.output = output;
    }

    static Market running() {
        return Holder.MARKET;
    }

    Api api() {
        return Api.ofMarket(PORT);
    }

    /// The same market at its second router's door.
    Api secondRouter() {
        return Api.ofMarket(PORT_BASE + 20);
    }

    /// What the demo has said so far.
    String story() {
        return read(output);
    }

    JsonNode demo() {
        return JsonMapper.shared().readTree(read(HOME.resolve("demo.json")));
    }

    /// The id of one of the operators that the demo enrolled.
    String operator(String name) {
        return api().items("/v1/operators").stream()
                .filter(operator -> name.equals(operator.path("name").asString()))
                .map(operator -> operator.path("operatorId").asString())
                .findFirst()
                .orElseThrow();
    }

    /// A node of an operator of the demo itself, without any market.
    Api node() {
        return new Api(URI.create(demo().at("/nodes/0/endpoint").asString()));
    }

    List<String> nodes() {
        return demo().path("nodes").findValuesAsString("endpoint");
    }

    /// The customer of the demo's story.
    Account demoAccount() {
        var demo = demo();
        return new Account(
                api(),
                "",
                demo.path("apiKey").asString(),
                demo.path("managementKey").asString());
    }

    Account openAccount(String credit) {
        return openAccount(api(), credit);
    }

    /// An account of its own with credit, as anybody opens one.
    static Account openAccount(Api api, String credit) {
        var opened = api.post("/v1/accounts", "{}");
        var account =
                new Account(api, opened.text("/accountId"), opened.text("/apiKey"), opened.text("/managementKey"));
        await().atMost(PATIENCE)
                .until(() -> account.queries().query("getFees", "[]").status() != 401); // in no class: asks nobody
        if (!"0".equals(credit)) {
            account.deposit(credit);
        }
        return account;
    }

    /// The address of a wallet that is on devnet from its start.
    static String wallet(String name) {
        return JsonMapper.shared()
                .readTree(read(REPOSITORY.resolve("devnet/genesis.json")))
                .path("wallets")
                .valueStream()
                .filter(wallet -> name.equals(wallet.path("name").asString()))
                .map(wallet -> wallet.path("address").asString())
                .findFirst()
                .orElseThrow();
    }

    static Process script(Path log, String... arguments) {
        return script(log, Map.of(), arguments);
    }

    /// @param environment beside or instead of that of the market of the demo
    static Process script(Path log, Map<String, String> environment, String... arguments) {
        var command = new ArrayList<>(List.of(REPOSITORY.resolve("streamsync").toString()));
        command.addAll(List.of(arguments));
        try {
            Files.createDirectories(log.getParent());
            var builder = new ProcessBuilder(command)
                    .directory(REPOSITORY.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("STREAMSYNC_HOME", HOME.toString());
            builder.environment().put("STREAMSYNC_PORT", Integer.toString(PORT));
            builder.environment().put("STREAMSYNC_PARAMETERS", PARAMETERS.toString());
            builder.environment().put("STREAMSYNC_NODE_DRAIN", DRAIN);
            builder.environment().putAll(environment);
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Market start() {
        if (RUNNING != null) {
            return new Market(HOME.resolve("demo.log"));
        }
        forget(HOME);
        var output = HOME.resolveSibling("demo.log");
        var process = script(
                output,
                Map.of("JDK_JAVA_OPTIONS", JAVA_OPTIONS),
                "demo",
                "--routers",
                ROUTERS,
                "--port-base",
                Integer.toString(PORT_BASE));
        var market = new Market(output);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process)));
        await().atMost(START)
                .pollInterval(Duration.ofMillis(250))
                .failFast("the demo ended: see " + output, () -> !process.isAlive())
                .until(() -> Files.exists(output) && market.story().contains("Ctrl-C"));
        return market;
    }

    /// What an earlier run left behind belongs to the schema of its day.
    static void forget(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(Process demo) {
        demo.destroy();
        try {
            if (!demo.waitFor(60, TimeUnit.SECONDS)) {
                demo.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class Holder {
        static final Market MARKET = start();
    }

    /// A customer's account and its keys.
    record Account(Api api, String id, String apiKey, String managementKey) {

        /// As any Solana client takes it.
        URI rpcUrl() {
            return api.url().resolve("/v1/rpc/" + apiKey);
        }

        Api queries() {
            return api.as(apiKey);
        }

        Api management() {
            return api.as(managementKey);
        }

        Reply deposit(String amount) {
            return management()
                    .post(
                            "/v1/account/deposits",
                            "{\"asset\":\"USDC\",\"amount\":\"%s\",\"rail\":\"sandbox\"}".formatted(amount));
        }

        JsonNode state() {
            return management().get("/v1/account").json();
        }
    }
}
