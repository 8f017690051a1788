package io.streamsync.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.streamsync.testing.Backends;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;

/// With a real client, whose words are another version's with each upgrade.
@SpringBootTest(
        properties =
                "spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
class KafkaOutageTests {

    private static final String CLIENT = "[Producer clientId=outage-test] ";

    private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
    private final Written written = new Written();

    @BeforeEach
    void listen() {
        written.start();
        root.addAppender(written);
    }

    @AfterEach
    void listenNoMore() {
        root.detachAppender(written);
    }

    @Test
    void aClientThatFailsAgainAndAgainIsHeardOnceUntilKafkaIsBack() throws IOException {
        var broker = Backends.kafka();
        var address = freeAddress();
        try (var producer = producer(address)) {
            await().until(() -> tries(producer) >= 20);

            assertThat(written.lines)
                    .satisfiesExactly(
                            line -> assertThat(line).isEqualTo(CLIENT + "Instantiated an idempotent producer."),
                            line -> assertThat(line).isEqualTo(CLIENT + "Node -1 disconnected."),
                            line -> assertThat(line).startsWith("Kafka is away: " + CLIENT + "Connection to node -1 "));

            try (var _ = Passage.open(address, broker)) {
                await().until(() -> written.lines.stream().anyMatch(line -> line.contains("Kafka is back after ")));
            }
        }
    }

    /// Nobody listens there until somebody opens it.
    private static InetSocketAddress freeAddress() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
        }
    }

    private static Producer<String, String> producer(InetSocketAddress address) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        address.getHostString() + ":" + address.getPort(),
                        ProducerConfig.CLIENT_ID_CONFIG,
                        "outage-test",
                        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        50),
                new StringSerializer(),
                new StringSerializer());
    }

    private static double tries(Producer<String, String> producer) {
        return producer.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals("connection-close-total"))
                .filter(metric -> metric.getKey().group().equals("producer-metrics"))
                .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                .sum();
    }

    private static final class Written extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            if (event.getFormattedMessage().contains(CLIENT)) {
                lines.add(event.getFormattedMessage());
            }
        }
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Service {}
}
