package io.streamsync.benchmarks.posting;

import io.streamsync.benchmarks.machine.Child;
import io.streamsync.benchmarks.posting.MadeUpRouter.Lease;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Billing as the launcher starts it, with a PostgreSQL that syncs every commit, and Kafka in this process.
final class Books implements AutoCloseable {

    static final String RACE_KEY = "000102030405060708090a0b0c0d0e0f";

    private static final int PARTITIONS = 6;
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Path JAR = Path.of("services", "billing", "target", "billing.jar");

    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedKafkaKraftBroker kafka;
    private final EmbeddedPostgres postgres;
    private final Child billing;
    private final int port;

    private Books(EmbeddedKafkaKraftBroker kafka, EmbeddedPostgres postgres, Child billing, int port) {
        this.kafka = kafka;
        this.postgres = postgres;
        this.billing = billing;
        this.port = port;
    }

    /// @param flags of billing's JVM
    static Books open(int port, List<String> flags) throws IOException {
        var kafka = new EmbeddedKafkaKraftBroker(
                1,
                PARTITIONS,
                "streamsync.races",
                "streamsync.snapshots",
                "streamsync.snapshots.dlt",
                "streamsync.epochs",
                "streamsync.epochs.dlt",
                "streamsync.stakes",
                "streamsync.stakes.dlt",
                "streamsync.credentials");
        kafka.afterPropertiesSet();
        var postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .start();
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(flags);
        for (var property : List.of(
                "server.port=" + port,
                "server.address=127.0.0.1",
                "spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "spring.datasource.username=postgres",
                "spring.datasource.password=postgres",
                "spring.kafka.bootstrap-servers=" + kafka.getBrokersAsString(),
                "streamsync.service-token=" + TOKEN,
                "streamsync.race-key=" + RACE_KEY,
                "streamsync.sandbox=true",
                "streamsync.settlement.key="
                        + Path.of("benchmarks", "target", "settlement.pem").toAbsolutePath())) {
            command.add("-D" + property);
        }
        command.addAll(List.of("-jar", JAR.toString()));
        var billing = Child.start(command, port, Path.of("benchmarks", "target", "billing.log"));
        return new Books(kafka, postgres, billing, port);
    }

    String brokers() {
        return kafka.getBrokersAsString();
    }

    ProcessHandle billing() {
        return billing.handle();
    }

    ProcessHandle postgres() {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1)).orElseThrow().parent().orElseThrow();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A started router with a lease of credit of every customer.
    MadeUpRouter router(int id, Crowd crowd, List<String> customers) {
        var incarnation = post("/internal/routers/" + id + "/incarnations", "{}")
                .path("incarnation")
                .asInt();
        var leases = new ArrayList<Lease>();
        for (var customer : customers) {
            var grant = post("/internal/leases", """
                            {"routerId":%d,"incarnation":%d,"requests":[{"requestId":"r","accountId":"%s","leaseId":null,
                            "spentRecently":"1000000000000","dearestAsk":"4000"}]}""".formatted(id, incarnation, customer))
                    .path("grants")
                    .path(0);
            leases.add(new Lease(customer, UUID.fromString(grant.path("leaseId").asString())));
        }
        return new MadeUpRouter(id, incarnation, crowd, leases);
    }

    List<String> customers(int count) {
        var customers = new ArrayList<String>();
        for (var number = 0; number < count; number++) {
            var opened = post("/v1/accounts", "{}");
            send(
                    "/v1/account/deposits",
                    "{\"asset\":\"USDC\",\"amount\":\"10000\",\"rail\":\"sandbox\"}",
                    opened.path("managementKey").asString());
            customers.add(opened.path("accountId").asString());
        }
        return customers;
    }

    /// Records posted of that stream.
    long posted(MadeUpRouter router) {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.prepareStatement(
                        "select next_position from stream where router = ? and incarnation = ?")) {
            statement.setInt(1, router.id());
            statement.setInt(2, router.incarnation());
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Bytes of the database.
    long size() {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_database_size(current_database())")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Bytes of each table with its indexes and partitions, largest first.
    Map<String, Long> tables() {
        var sizes = new LinkedHashMap<String, Long>();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("""
                        select regexp_replace(relname, '_\\d{8}$', '') name, sum(pg_total_relation_size(oid)) bytes
                        from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
                        group by 1 order by 2 desc""")) {
            while (row.next()) {
                sizes.put(row.getString("name"), row.getLong("bytes"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return sizes;
    }

    /// What is published: status and body.
    HttpResponse<byte[]> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Checks what is posted against the frames; whoever runs it: only one does at a time.
    void reconcile() throws InterruptedException {
        var path = "/internal/reconciliations";
        for (var answer = request(path, "{}", TOKEN); answer.statusCode() != 200; answer = request(path, "{}", TOKEN)) {
            if (answer.statusCode() != 503) {
                throw refused(path, answer);
            }
            Thread.sleep(100);
        }
    }

    private JsonNode post(String path, String body) {
        return send(path, body, TOKEN);
    }

    private JsonNode send(String path, String body, String token) {
        var answer = request(path, body, token);
        if (answer.statusCode() / 100 != 2) {
            throw refused(path, answer);
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    private static IllegalStateException refused(String path, HttpResponse<String> answer) {
        return new IllegalStateException(path + ": " + answer.body());
    }

    private HttpResponse<String> request(String path, String body, String token) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofMinutes(2))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        billing.close();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        kafka.destroy();
    }
}
