package io.streamsync.launcher.backend;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Ports;
import io.streamsync.launcher.process.JavaCommand;
import io.streamsync.launcher.process.LogFile;
import io.streamsync.launcher.process.Program;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/// A real Kafka broker in a JVM of its own: KRaft, broker and controller in one, formatted once, data kept.
public final class Kafka {

    public static final String NAME = "kafka";

    private static final List<String> FLAGS = List.of(
            "-Xmx384m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.log.kafka.server=info");

    /// Longer than a healthy broker on a busy machine takes.
    private static final int ANSWER_MILLIS = 3_000;

    private final Installation installation;
    private final Ports ports;

    public Kafka(Installation installation, Ports ports) {
        this.installation = installation;
        this.ports = ports;
    }

    public String bootstrapServers() {
        return "127.0.0.1:" + ports.kafka();
    }

    /// Whether the broker answers, not just its port.
    public boolean isReachable() {
        var settings = Map.<String, Object>of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers(),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_MILLIS,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_MILLIS);
        try (var admin = Admin.create(settings)) {
            return !admin.describeCluster().nodes().get().isEmpty();
        } catch (ExecutionException silent) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// The broker, with its storage formatted the first time.
    ///
    /// @throws Obstacle when the storage cannot be formatted
    public Program program() {
        try {
            Files.createDirectories(data());
            var properties = writeProperties();
            if (!Files.exists(data().resolve("meta.properties"))) {
                format(properties);
            }
            return new Program(NAME, JavaCommand.main("kafka.Kafka", FLAGS, List.of(properties.toString())), Map.of());
        } catch (IOException e) {
            throw new Obstacle("cannot prepare Kafka in " + installation.kafka() + ": " + e.getMessage(), e);
        }
    }

    private Path data() {
        return installation.kafka().resolve("data");
    }

    private Path writeProperties() throws IOException {
        var file = installation.kafka().resolve("server.properties");
        return Files.writeString(file, """
                # Written at every start.
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                # One broker: what Kafka keeps for itself cannot be replicated.
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=3
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=3
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                # A service that starts gets its partitions at once.
                group.initial.rebalance.delay.ms=0
                # A machine of its own would have more to do.
                num.network.threads=1
                num.io.threads=2
                background.threads=2
                log.cleaner.threads=1
                log.cleaner.dedupe.buffer.size=10485760
                """.formatted(ports.kafka(), ports.kafkaController(), data()));
    }

    private void format(Path properties) throws IOException {
        var log = new LogFile(installation.log(NAME));
        var arguments = List.of("format", "-t", Uuid.randomUuid().toString(), "-c", properties.toString());
        var format = new ProcessBuilder(JavaCommand.main("kafka.tools.StorageTool", FLAGS, arguments))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.path().toFile()))
                .start();
        try {
            if (format.waitFor() != 0) {
                throw new Obstacle("cannot format Kafka's storage: "
                        + String.join(" ", log.lastLines(2)).strip());
            }
        } catch (InterruptedException e) {
            format.destroyForcibly();
            throw new IllegalStateException("interrupted while formatting Kafka's storage", e);
        }
    }
}
