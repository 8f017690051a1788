package io.streamsync.outage;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageFilterTests {

    private static final String CLIENT = "[Consumer clientId=races, groupId=billing] ";
    private static final String REFUSED =
            CLIENT + "Connection to node -1 (/127.0.0.1:9092) could not be established. Node may not be available.";
    private static final String BACK = CLIENT + "Cluster ID: yyQfh5YmTfKjpKloiP-g1w";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final LoggerContext logging = new LoggerContext();
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final Logger connections = logging.getLogger("org.apache.kafka.clients.NetworkClient");
    private final Logger metadata = logging.getLogger("org.apache.kafka.clients.Metadata");
    private final Logger administration =
            logging.getLogger("org.apache.kafka.clients.admin.internals.AdminMetadataManager");
    private final Logger fetches = logging.getLogger("org.apache.kafka.clients.FetchSessionHandler");

    OutageFilterTests() {
        logging.addTurboFilter(new OutageFilter(new Outage(nanos::get)));
        written.start();
        logging.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(written);
        logging.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
    }

    @Test
    void tellsThatKafkaIsAwayOnceAMinute() {
        for (var second = 0; second <= 130; second++) {
            connections.info(CLIENT + "Node -1 disconnected.");
            connections.warn(REFUSED);
            connections.warn(
                    CLIENT + "Bootstrap broker 127.0.0.1:9092 (id: -1 rack: null isFenced: false) disconnected");
            connections.info(CLIENT + "Cancelled in-flight METADATA request with correlation id 7 due to node -1");
            connections.info(
                    CLIENT + "Disconnecting from node -1 due to socket connection setup timeout. The value is 10");
            metadata.info(CLIENT + "Rebootstrapping with [/127.0.0.1:9092]");
            administration.info("[AdminClient clientId=admin] Rebootstrapping with [/127.0.0.1:9092]");
            fetches.info(CLIENT + "Error sending fetch request to node 1:", DisconnectException.INSTANCE);
            pass(Duration.ofSeconds(1));
        }

        assertThat(lines())
                .containsExactly(
                        "INFO " + CLIENT + "Node -1 disconnected.",
                        "WARN Kafka is away: " + REFUSED,
                        "WARN Kafka has been away for 60 s: " + REFUSED,
                        "WARN Kafka has been away for 120 s: " + REFUSED);
    }

    @Test
    void tellsOnceThatKafkaIsBack() {
        connections.warn(REFUSED);
        pass(Duration.ofSeconds(42));
        metadata.info(BACK);
        metadata.info(BACK);

        assertThat(lines())
                .containsExactly(
                        "WARN Kafka is away: " + REFUSED,
                        "INFO Kafka is back after 42 s: " + BACK,
                        "INFO " + BACK,
                        "INFO " + BACK);
    }

    @Test
    void tellsOfAKafkaThatComesAndGoesWithEachTryOnceAMinute() {
        for (var second = 0; second < 120; second++) {
            connections.warn(REFUSED);
            metadata.info(BACK);
            pass(Duration.ofSeconds(1));
        }

        assertThat(lines().stream().filter(line -> !line.endsWith(BACK) || line.contains("Kafka is back")))
                .containsExactly(
                        "WARN Kafka is away: " + REFUSED,
                        "INFO Kafka is back after 0 s: " + BACK,
                        "WARN Kafka is away: " + REFUSED,
                        "INFO Kafka is back after 0 s: " + BACK);
    }

    @Test
    void tellsOfAnOutageRightBehindAnotherAfterAMinute() {
        connections.warn(REFUSED);
        metadata.info(BACK);
        for (var second = 0; second <= 70; second++) {
            pass(Duration.ofSeconds(1));
            connections.warn(REFUSED);
        }
        metadata.info(BACK);

        assertThat(lines())
                .containsExactly(
                        "WARN Kafka is away: " + REFUSED,
                        "INFO Kafka is back after 0 s: " + BACK,
                        "INFO " + BACK,
                        "WARN Kafka is away: " + REFUSED,
                        "INFO Kafka is back after 70 s: " + BACK,
                        "INFO " + BACK);
    }

    /// With a container its name goes, and each try brings a stack trace.
    @Test
    void tellsOnceOfANameThatIsGone() {
        var line = CLIENT + "Error connecting to node kafka:9092 (id: -1 rack: null isFenced: false)";
        connections.warn(line, new UnknownHostException("kafka"));
        connections.warn(line, new UnknownHostException("kafka"));

        assertThat(lines()).containsExactly("WARN Kafka is away: " + line + ": java.net.UnknownHostException: kafka");
    }

    @Test
    void knowsThatKafkaIsBackWhereItsClientsMayOnlyWarn() {
        logging.getLogger("org.apache.kafka").setLevel(Level.WARN);

        assertThat(metadata.isInfoEnabled()).isFalse();
        connections.warn(REFUSED);
        assertThat(metadata.isInfoEnabled()).isTrue();
        assertThat(metadata.isDebugEnabled()).isFalse();
        assertThat(connections.isInfoEnabled()).isFalse();
        metadata.info(BACK);

        assertThat(metadata.isInfoEnabled()).isFalse();
        assertThat(lines()).containsExactly("WARN Kafka is away: " + REFUSED, "INFO Kafka is back after 0 s: " + BACK);
    }

    @Test
    void takesANodeThatIsBackWithoutAWordForBack() {
        connections.warn(REFUSED);
        pass(Duration.ofSeconds(61));
        connections.info(CLIENT + "Node 1 disconnected.");
        connections.warn(REFUSED);

        assertThat(lines())
                .containsExactly(
                        "WARN Kafka is away: " + REFUSED,
                        "INFO " + CLIENT + "Node 1 disconnected.",
                        "WARN Kafka is away: " + REFUSED);
    }

    @Test
    void hidesNothingOfAKafkaThatIsThere() {
        var told = List.of(
                "Node 1 disconnected.",
                "Cancelled in-flight FETCH request with correlation id 7 due to node 1 being disconnected");
        told.forEach(line -> connections.info(CLIENT + line));
        fetches.info(CLIENT + "Error sending fetch request to node 1:", DisconnectException.INSTANCE);

        assertThat(lines()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection to node -1 (/127.0.0.1:9092) failed authentication due to: Authentication failed",
                "Connection to node -1 (/127.0.0.1:9092) terminated during authentication. This may happen due to any of"
                        + " the following reasons: (1) Firewall blocking Kafka TLS traffic (2) Transient network issue.",
                "Error connecting to node broker.example:9092 (id: 1 rack: null isFenced: false)",
                "Disconnecting from node 1 due to request timeout.",
                "Received error UNSUPPORTED_VERSION from node 1 when making an ApiVersionsRequest with correlation id 7."
                        + " Disconnecting.",
                "3 partitions have leader brokers without a matching listener, including [streamsync.races-0]",
                "The metadata response from the cluster reported a recoverable issue with correlation id 7 :"
                        + " {streamsync.races=TOPIC_AUTHORIZATION_FAILED}"
            })
    void hidesNothingElseWhileKafkaIsAway(String line) {
        connections.warn(REFUSED);

        connections.warn(CLIENT + line);

        assertThat(lines()).last().isEqualTo("WARN " + CLIENT + line);
    }

    @Test
    void hidesNothingOfOtherLoggersWhileKafkaIsAway() {
        connections.warn(REFUSED);

        metadata.error(CLIENT + "Topic authorization failed for topics [streamsync.races]");
        fetches.info(CLIENT + "Error sending fetch request to node 1:", new FencedInstanceIdException("fenced"));
        logging.getLogger("org.apache.kafka.clients.producer.internals.Sender")
                .warn("[Producer clientId=outbox] " + REFUSED);
        logging.getLogger("io.streamsync.billing").info("Node 1 disconnected.");

        assertThat(lines()).hasSize(5);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private List<String> lines() {
        return written.list.stream()
                .map(event -> event.getLevel() + " " + event.getFormattedMessage())
                .toList();
    }
}
