package io.streamsync.system;

import static io.streamsync.system.OperatorWallet.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.ClientLog.Entry;
import io.streamsync.system.Market.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A market of its own with two routers, to be broken: every process is reached by what the launcher wrote down.
final class FaultyMarket implements AutoCloseable {

    static final String BILLING = "billing";
    static final String POSTGRES = "postgres";
    static final String KAFKA = "kafka";
    static final List<String> ROUTERS = List.of("router-1", "router-2");

    private static final String SUPERVISOR = "supervisor";
    private static final int PORT = Market.PORT + 12;
    private static final int PORT_BASE = Market.PORT_BASE + 400;
    private static final int BILLING_PORT = PORT_BASE + 10;
    private static final int SECOND_BILLING_PORT = PORT_BASE + 60;
    private static final int MANAGEMENT_PORT = PORT_BASE + 40;
    private static final Path HOME = Path.of("target", "faults").toAbsolutePath();
    private static final Path LOGS = HOME.resolveSibling("faults-logs");

    /// Six operators, one per place and one to spare: one is fast, one is slow for what it promises.
    private static final List<StubNode> NODES = List.of(
            new StubNode(0, Duration.ofMillis(10)),
            new StubNode(1, Duration.ofMillis(10)),
            new StubNode(2, Duration.ofMillis(10)),
            new StubNode(3, Duration.ofMillis(15)),
            new StubNode(4, Duration.ofMillis(80)),
            new StubNode(5, Duration.ofMillis(5)));

    /// Where the sandbox shows what may become of a transfer: it fails, takes 10 s, is told twice.
    static final String REFUSES = "SandboxRefuses11111111111111111111111111111";
    static final String WAITS = "SandboxWaits1111111111111111111111111111111";
    static final String REPEATS = "SandboxRepeats11111111111111111111111111111";

    /// Where it is paid at once.
    static final String PAYS = "CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L";

    /// Of the operators who answer as they should; the others are paid to their wallets.
    private static final List<String> PAYOUT_ADDRESSES = List.of(REFUSES, WAITS, REPEATS, PAYS);

    static final String ASK = "0.000002";

    /// Of parameters-faults.json.
    static final Duration EPOCH = Duration.ofSeconds(10);

    private static final String PROMISED_MILLIS = "25";
    private static final String STAKE = "20000";
    private static final Set<String> ADMITTED = Set.of("PROBATION", "ACTIVE");

    /// A service needs 10 s to start on an idle machine, and less to stop.
    private static final Duration START = Duration.ofMinutes(5);

    private static final Map<String, String> ENVIRONMENT = environment();

    /// By their payout addresses.
    private final Map<String, Operator> operators = new ConcurrentHashMap<>();

    /// Where the books are, and how to get at them.
    private final Map<String, String> billing = environment(pid(BILLING).orElseThrow());

    /// Starts it with six operators who can be drawn.
    static FaultyMarket start() {
        Market.forget(HOME);
        assertThat(script("up", "up", "--routers", "2", "--port-base", Integer.toString(PORT_BASE)))
                .as(Market.read(LOGS.resolve("up.log")))
                .isZero();
        var market = new FaultyMarket();
        market.enrol();
        NODES.forEach(StubNode::lie);
        return market;
    }

    /// An account whose key every router knows.
    Account openAccount(String credit) {
        var account = Market.openAccount(doors().getFirst(), credit);
        doors().forEach(door -> await().atMost(START)
                .until(() -> door.as(account.apiKey()).query("getFees", "[]").status() != 401));
        return account;
    }

    /// The doors of all routers.
    List<Api> doors() {
        return Stream.of(PORT, PORT_BASE + 20)
                .map(port -> new Api(URI.create("http://127.0.0.1:" + port), "", false))
                .toList();
    }

    /// Where answers are held against the document of the public interfaces.
    Api api() {
        return Api.ofMarket(PORT);
    }

    /// The process of that name while it lives: a pid counts with the clock tick of its birth (proc(5)), as the
    /// launcher wrote both down.
    static OptionalLong pid(String name) {
        try {
            var words = Files.readString(HOME.resolve("run").resolve(name + ".pid"))
                    .strip()
                    .split(" ", 2);
            var stat = Files.readString(Path.of("/proc", words[0], "stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            var same = words[1].endsWith("/" + fields[19]) && !fields[0].equals("Z");
            return same ? OptionalLong.of(Long.parseLong(words[0])) : OptionalLong.empty();
        } catch (IOException gone) {
            return OptionalLong.empty();
        }
    }

    /// Of the operator who is paid there.
    Payouts payouts(String address) {
        return Payouts.of(Objects.requireNonNull(operators.get(address)));
    }

    /// Takes a lock in billing's books.
    HeldUp holdUp(String lock) {
        return HeldUp.by(billing, lock);
    }

    /// What an account has spent by the books, whoever writes them.
    BigDecimal booked(Account account) {
        try (var books = HeldUp.books(billing);
                var spent = books.prepareStatement(
                        "select coalesce(sum(charged), 0) / 1e9 from usage_method where account_id = ?")) {
            spent.setString(1, account.id());
            try (var row = spent.executeQuery()) {
                row.next();
                return row.getBigDecimal(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void signal(String name, String signal) {
        assertThat(kill(pid(name).orElseThrow(), signal)).isZero();
    }

    /// In order, and until nobody listens there any more.
    void stop(String name) {
        signal(name, "TERM");
        await().atMost(START).until(() -> pid(name).isEmpty());
    }

    /// Nobody is started again until it is over.
    void withoutSupervisor(Runnable during) {
        signal(SUPERVISOR, "STOP");
        try {
            during.run();
        } finally {
            signal(SUPERVISOR, "CONT");
        }
    }

    /// Until everything can do its work again.
    void awaitHealthy() {
        await().atMost(START)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> Stream.of(MANAGEMENT_PORT, MANAGEMENT_PORT + 1, BILLING_PORT)
                        .allMatch(FaultyMarket::isUp));
    }

    /// Another billing beside the one that runs, on the same books.
    SecondBilling startSecondBilling() {
        var process = startAgain(
                BILLING,
                LOGS.resolve("second-billing.log"),
                Map.of("SERVER_PORT", Integer.toString(SECOND_BILLING_PORT)));
        await().atMost(START)
                .failFast("the second billing ended", () -> !process.isAlive())
                .until(() -> isUp(SECOND_BILLING_PORT));
        return new SecondBilling(process);
    }

    /// The first router beside itself, on the same journal.
    SecondRouter startFirstRouterAgain() {
        return startFirstRouterAgain("on-its-journal", PORT_BASE + 70, Map.of());
    }

    SecondRouter startFirstRouterAgainOnAnotherJournal() {
        var directory = HOME.resolve("another-journal").toString();
        return startFirstRouterAgain("on-another-journal", PORT_BASE + 80, Map.of("STREAMSYNC_DATA_DIR", directory));
    }

    /// @param port free with the two after it: no port is to be in its way
    private static SecondRouter startFirstRouterAgain(String log, int port, Map<String, String> changed) {
        var environment = new HashMap<>(changed);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("STREAMSYNC_WEBSOCKET_PORT", Integer.toString(port + 1));
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(port + 2));
        environment.put("STREAMSYNC_INTERNAL_URL", "http://127.0.0.1:" + (port + 2));
        var output = LOGS.resolve(log + ".log");
        return new SecondRouter(startAgain(ROUTERS.getFirst(), output, environment), output, port);
    }

    /// The process of that name once more, with some of its environment changed.
    private static Process startAgain(String name, Path output, Map<String, String> changed) {
        var pid = pid(name).orElseThrow();
        var builder = new ProcessBuilder(entries(proc(pid, "cmdline")))
                .directory(HOME.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment(pid));
        builder.environment().putAll(changed);
        try {
            var process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What `./streamsync reconcile` says of the books.
    int reconcile() {
        return script("reconcile", "reconcile");
    }

    /// What `./streamsync verify` says of an epoch.
    ///
    /// @param receipts of races that it settled
    int verify(long epoch, List<Entry> receipts) {
        var file = LOGS.resolve("receipts-" + epoch + ".jsonl");
        try {
            Files.write(file, receipts.stream().map(Entry::receipt).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return script("verify-" + epoch, "verify", "--epoch", Long.toString(epoch), "--receipts", file.toString());
    }

    String output(String name) {
        return Market.read(LOGS.resolve(name + ".log"));
    }

    @Override
    public void close() {
        script("down", "down");
        NODES.forEach(StubNode::close);
    }

    private void enrol() {
        var enrolments = new ArrayList<Callable<Void>>();
        for (int at = 0; at < NODES.size(); at++) {
            var name = "Operator " + (at + 1);
            var node = NODES.get(at);
            var wallet = OperatorWallet.generate();
            var address = at < PAYOUT_ADDRESSES.size() ? PAYOUT_ADDRESSES.get(at) : wallet.address();
            enrolments.add(() -> {
                var operator = Operator.register(api(), name, wallet, address);
                operators.put(address, operator);
                enrol(operator, node);
                return null;
            });
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var enrolment : threads.invokeAll(enrolments)) {
                enrolment.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("an operator did not come in", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        doors().forEach(door -> await().atMost(START)
                .until(() -> door.post("/v1/quotes", "{\"method\":\"getBalance\"}")
                                .json()
                                .path("asks")
                                .size()
                        == NODES.size()));
    }

    private void enrol(Operator operator, StubNode node) {
        node.belongsTo(operator.id());
        assertThat(operator.stake(STAKE).status()).isEqualTo(201);
        var path = "/nodes/" + operator.list(node.endpoint()).text("/nodeId");
        var ask = body().put("price", ASK)
                .put("maxLatencyMs", Integer.parseInt(PROMISED_MILLIS))
                .put("capacity", 10_000)
                .toString();
        assertThat(operator.session()
                        .send("PUT", operator.home() + path + "/asks/lookup", ask)
                        .status())
                .isBetween(200, 201);
        await().atMost(START)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> ADMITTED.contains(operator.get(path).text("/state")));
    }

    private static boolean isUp(int port) {
        try {
            return new Api(URI.create("http://127.0.0.1:" + port))
                            .get("/actuator/health")
                            .status()
                    == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private static int kill(long pid, String signal) {
        try {
            return new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path proc(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), file);
    }

    private static Map<String, String> environment(long pid) {
        return entries(proc(pid, "environ")).stream()
                .map(entry -> entry.split("=", 2))
                .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
    }

    private static List<String> entries(Path file) {
        return Stream.of(Market.read(file).split("\0", -1))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private static int script(String log, String... arguments) {
        try {
            return Market.script(LOGS.resolve(log + ".log"), ENVIRONMENT, arguments)
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void end(Process process) {
        process.destroy();
        await().atMost(START).until(() -> !process.isAlive());
    }

    record SecondBilling(Process process) implements AutoCloseable {

        /// What it says that an account has spent.
        BigDecimal booked(Account account) {
            var api = new Api(URI.create("http://127.0.0.1:" + SECOND_BILLING_PORT)).as(account.managementKey());
            return Books.sum(api.items("/v1/account/usage?groupBy=method"), "charged");
        }

        @Override
        public void close() {
            end(process);
        }
    }

    /// @param port where it would serve
    record SecondRouter(Process process, Path output, int port) implements AutoCloseable {

        String said() {
            return Market.read(output);
        }

        boolean serves() {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return true;
            } catch (IOException nobody) {
                return false;
            }
        }

        @Override
        public void close() {
            end(process);
        }
    }

    private static Map<String, String> environment() {
        var environment = new HashMap<>(Map.of(
                "STREAMSYNC_HOME",
                HOME.toString(),
                "STREAMSYNC_PORT",
                Integer.toString(PORT),
                "STREAMSYNC_PARAMETERS",
                Path.of("src", "test", "resources", "parameters-faults.json")
                        .toAbsolutePath()
                        .toString(),
                // a consumer that stands still loses its partitions after the shortest time that Kafka takes
                "SPRING_KAFKA_CONSUMER_PROPERTIES_SESSION_TIMEOUT_MS",
                "6000",
                // and what it has locked is free again soon after
                "SPRING_DATASOURCE_HIKARI_DATASOURCEPROPERTIES_OPTIONS",
                "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=8s",
                // so is a transfer whose worker has died
                "STREAMSYNC_RAIL_CLAIM",
                "10s",
                "STREAMSYNC_WITHDRAWAL_DESTINATIONWAIT",
                "0s"));
        if (FaultTests.isShort()) {
            environment.put("JDK_JAVA_OPTIONS", Market.JAVA_OPTIONS);
        }
        return Map.copyOf(environment);
    }
}
