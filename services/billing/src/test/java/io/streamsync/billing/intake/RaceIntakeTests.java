package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.events.Topics;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.testing.Backends;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// From Kafka to the books. Each test has partitions of its own, because some of them stop for good.
@BillingTest
class RaceIntakeTests {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Ledger ledger;

    @Autowired
    RaceIntake intake;

    @Autowired
    StreamIntake streams;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource dataSource;

    @Autowired
    MeterRegistry meters;

    @Test
    void postsWhatComes() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var before = meters.get("streamsync.intake.age").timer().count();

        for (var frame = 0; frame < 20; frame++) {
            router.charged(lease, 1_000);
            send(0, router);
        }

        awaitPosted(router, 20);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                meters.get("streamsync.intake.age").timer().count())
                        .isGreaterThanOrEqualTo(before + 20));
        assertThat(ledger.balance(Account.leased(new CustomerId(customer.id()))))
                .isEqualTo(lease.granted - 20_000);
        assertThat(health().path("status").asString()).isEqualTo("UP");
    }

    /// Half of the two seconds within which a customer sees a refund; the router's tests are about the other half.
    @Test
    void listsARefundWithinASecond() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var delays = new ArrayList<Duration>();

        for (var due = 1; due <= 9; due++) {
            switch (due % 3) {
                case 0 -> router.late(lease, 1_000);
                case 1 -> router.unanswered(lease);
                default -> router.verified(router.charged(lease, 1_000), 1_000, RaceStatus.CONTRADICTED);
            }
            var refunds = due;
            var sent = System.nanoTime();
            send(0, router);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> http.get("/v1/account/refunds", customer.ask())
                                    .json()
                                    .path("items")
                                    .size()
                            == refunds);
            delays.add(Duration.ofNanos(System.nanoTime() - sent));
        }

        Collections.sort(delays);
        assertThat(delays.get(delays.size() / 2)).as("median of " + delays).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void stopsThePartitionOfAnUnreadableFrameAndNoOther() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 1_000);
        send(1, router);
        router.charged(lease, 1_000);
        var damaged = router.frame().encode();
        damaged[damaged.length / 2] ^= 1;
        send(1, router, damaged);
        router.charged(lease, 1_000);
        send(1, router);
        var other = market.router();
        other.charged(other.lease(http.customer("1"), 1_000_000), 1_000);
        send(2, other);

        awaitPosted(router, 1);
        awaitPosted(other, 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                health().path("details").path("stopped").toString())
                        .contains("partition 1 at offset 1: unreadable frame: damaged"));
        assertThat(health().path("status").asString()).isEqualTo("UP");
        assertThat(next(router)).as("nothing behind it is posted").isEqualTo(1);
    }

    @Test
    void readsAgainFromAGapWhenItIsFilled() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 1_000);
        send(3, router);
        router.charged(lease, 1_000);
        var missing = router.frame().encode();
        router.charged(lease, 1_000);
        send(3, router);
        var other = market.router();
        other.charged(other.lease(http.customer("1"), 1_000_000), 1_000);
        send(3, other);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                health().path("details").path("waiting").toString())
                        .contains("stream " + router.key() + " for position 1"));
        awaitPosted(other, 1);
        assertThat(next(router)).isEqualTo(1);
        send(3, router, missing);

        awaitPosted(router, 3);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                health().path("details").path("waiting").toString())
                        .doesNotContain(router.key()));
    }

    @Test
    void goesOnAfterARestartWhereItStood() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 1_000);
        send(4, router);
        awaitPosted(router, 1);

        intake.stop();
        router.charged(lease, 1_000);
        send(4, router);
        intake.start();

        awaitPosted(router, 2);
        assertThat(ledger.balance(Account.held(router.operator(1)))).isEqualTo(1_000);
    }

    @Test
    void losesNothingWhenTheDatabaseThrowsItsClientsOut() throws Exception {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);

        for (var frame = 1; frame <= 30; frame++) {
            router.charged(lease, 1_000);
            send(0, router);
            if (frame % 10 == 0) {
                // this statement may itself be handed a connection of those thrown out before
                await().ignoreExceptions().atMost(PATIENCE).until(() -> throwClientsOut() >= 0);
            }
        }

        // what is asked from here on is not about dead connections, and the pool trusts one that was used just now
        dataSource.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
        await().ignoreExceptions().atMost(PATIENCE).until(() -> next(router) == 30);
        assertThat(ledger.balance(Account.held(router.operator(1)))).isEqualTo(15_000);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                health().path("details").path("stopped").toString())
                        .doesNotContain("partition 0"));
    }

    @Test
    void goesOnWhenALockHasHungForTooLong() throws Exception {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        router.charged(lease, 1_000);
        var other = market.router();
        other.charged(other.lease(http.customer("1"), 1_000_000), 1_000);

        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select 1 from credit_lease where account_id = '" + customer.id() + "' for update");
            send(5, router);
            send(4, other);
            awaitPosted(other, 1);
            assertThat(health().path("details").path("stopped").toString())
                    .as("the other partition was not waited for")
                    .doesNotContain("partition 5");
            assertThat(http.internal("/internal/leases", """
                            {"routerId":%d,"incarnation":%d,"requests":[{"requestId":"r","accountId":"%s",
                            "spentRecently":"1","dearestAsk":"1"}]}""".formatted(router.id, router.incarnation, customer.id()))
                            .problem())
                    .isEqualTo("503 UNAVAILABLE");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    health().path("details").path("stopped").toString())
                            .contains("partition 5")
                            .contains("lock timeout"));
            connection.rollback();
        }

        awaitPosted(router, 1);
    }

    private int throwClientsOut() {
        return jdbc.sql("""
                        select count(pg_terminate_backend(pid)) from pg_stat_activity
                        where datname = current_database() and pid <> pg_backend_pid()""").query(Integer.class).single();
    }

    @Test
    void postsOnceThoughAnotherGroupReadsTheSameFrames() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var zombie = new RaceIntake(
                () -> new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                Backends.kafka(),
                                "group.id",
                                "zombie",
                                "enable.auto.commit",
                                false,
                                "auto.offset.reset",
                                "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer()),
                streams,
                new IntakeLog(),
                InstantSource.system());
        zombie.start();
        try {
            for (var frame = 0; frame < 100; frame++) {
                router.charged(lease, 1_000);
                send(5, router);
            }
            awaitPosted(router, 100);
            await().atMost(PATIENCE).until(() -> zombie.partitions().size() == 6);
        } finally {
            zombie.stop();
        }

        assertThat(ledger.balance(Account.held(router.operator(1)))).isEqualTo(50_000);
    }

    @Test
    void namesThePartitionsItReads() {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(new ArrayList<>(intake.partitions().keySet()))
                                .hasSameElementsAs(List.of(0, 1, 2, 3, 4, 5)));
    }

    private void send(int partition, Market.Router router) {
        send(partition, router, router.frame().encode());
    }

    private static void send(int partition, Market.Router router, byte[] frame) {
        Broker.send(Topics.RACES, partition, router.key(), frame);
    }

    private tools.jackson.databind.JsonNode health() {
        return http.get("/actuator/health").json().path("components").path("intake");
    }

    private void awaitPosted(Market.Router router, long next) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(next(router)).isEqualTo(next));
    }

    private long next(Market.Router router) {
        return jdbc.sql("select next_position from stream where router = ? and incarnation = ?")
                .params(router.id, router.incarnation)
                .query(Long.class)
                .single();
    }
}
