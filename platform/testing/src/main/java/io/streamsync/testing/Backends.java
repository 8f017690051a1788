package io.streamsync.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// One PostgreSQL server and one Kafka broker per test JVM, started when first asked for.
/// `streamsync.test.backends` = `containers` or `embedded` decides; by default containers where an engine answers.
public final class Backends {

    private Backends() {}

    /// A database of its own on the shared server.
    public static Database newDatabase() {
        var name = "t" + UUID.randomUUID().toString().replace("-", "");
        var server = Postgres.SERVER;
        try (var connection = DriverManager.getConnection(server.url(), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("no database for the test", e);
        }
        return new Database(
                server.url().replaceFirst("/[^/?]+(\\?.*)?$", "/" + name), server.user(), server.password());
    }

    /// The broker's bootstrap servers.
    public static String kafka() {
        return Kafka.BOOTSTRAP;
    }

    /// How to reach a database.
    public record Database(String url, String user, String password) {}

    private static boolean containers() {
        var wish = System.getProperty("streamsync.test.backends", "auto");
        return switch (wish) {
            case "containers" -> true;
            case "embedded" -> false;
            default -> DockerClientFactory.instance().isDockerAvailable();
        };
    }

    private static final class Postgres {
        static final Database SERVER = containers() ? container() : embedded();

        private static Database container() {
            var postgres = new PostgreSQLContainer("postgres:18-alpine");
            postgres.start();
            return new Database(postgres.getJdbcUrl(), postgres.getUsername(), postgres.getPassword());
        }

        private static Database embedded() {
            try {
                var postgres = EmbeddedPostgres.builder()
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .setServerConfig("fsync", "off")
                        .setServerConfig("full_page_writes", "off")
                        .setServerConfig("synchronous_commit", "off")
                        .setServerConfig("max_connections", "200")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
                return new Database(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void close(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class Kafka {
        static final String BOOTSTRAP = containers() ? container() : embedded();

        private static String container() {
            var kafka = new KafkaContainer("apache/kafka-native:4.2.2");
            kafka.start();
            return kafka.getBootstrapServers();
        }

        private static String embedded() {
            var broker = new EmbeddedKafkaKraftBroker(1, 1);
            broker.afterPropertiesSet();
            Runtime.getRuntime().addShutdownHook(new Thread(broker::destroy));
            return broker.getBrokersAsString();
        }
    }
}
