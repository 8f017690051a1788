package io.streamsync.billing.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.stream.Heard;
import io.streamsync.billing.stream.RaceReading;
import io.streamsync.billing.stream.Routers;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.events.Topics;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BillingTest
class LostStreamsTests {

    private static final Duration LOOK = Duration.ofSeconds(5);

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    DataSource database;

    @Autowired
    Routers routers;

    @Autowired
    RaceReading races;

    @Autowired
    LeaseClosing closing;

    @Autowired
    SilenceRows rows;

    private LostStreams lost;
    private long now;

    /// This service starts, and looks for the first time.
    @BeforeEach
    void beginToLook() {
        var properties = new CreditProperties("1000", Duration.ofSeconds(20), Duration.ofSeconds(30), LOOK);
        lost = new LostStreams(routers, races, closing, rows, properties);
        lost.look(now);
    }

    @Test
    void givesTheCustomerBackWhatALostRouterHeld() {
        var router = routerIn(0);
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000);
        router.charged(lease, 700);
        send(router);
        await().untilAsserted(() -> assertThat(posted(router)).isEqualTo(1));

        silent(Duration.ofSeconds(50));
        assertThat(http.get("/v1/account", customer.ask()).text("reserved")).isNotEqualTo("0");
        silent(LOOK.multipliedBy(2));

        awaitClosed(router);
        assertThat(account(customer)).isEqualTo("0.9999993 0.9999993 0");
    }

    @Test
    void keepsTheLeasesOfARouterThatCallsNowAndThen() {
        var router = routerIn(0);
        var customer = http.customer("1");
        router.lease(customer, 1_000);

        for (var call = 0; call < 5; call++) {
            silent(Duration.ofSeconds(40));
            lease(router);
        }

        assertThat(state(router)).isEqualTo("OPEN");
    }

    @Test
    void closesNothingBeforeAllIsReadThatWasThereThen() throws SQLException {
        var router = routerIn(0);
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000);
        var insurance = balance("protocol:insurance");
        router.charged(lease, 700);
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select 1 from stream where router = " + router.id + " for update");
            send(router);
            silent(Duration.ofSeconds(60));
            silent(Duration.ofSeconds(60));

            assertThat(state(router)).isEqualTo("OPEN");
            connection.rollback();
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            silent(LOOK);
            assertThat(state(router)).isEqualTo("CLOSED");
        });

        assertThat(posted(router)).isEqualTo(1);
        assertThat(account(customer)).isEqualTo("0.9999993 0.9999993 0");
        assertThat(balance("protocol:insurance")).isEqualTo(insurance);
    }

    @Test
    void paysWhatComesTooLateFromTheInsuranceAndNeverFromTheCustomer() {
        var router = routerIn(0);
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000);
        router.charged(lease, 700);
        silent(Duration.ofSeconds(60));
        awaitClosed(router);
        assertThat(account(customer)).isEqualTo("1 1 0");
        var insurance = balance("protocol:insurance");
        var held = "operator:" + router.operator(1) + ":held";

        router.close(lease);
        router.end();
        send(router);

        await().untilAsserted(() -> assertThat(posted(router)).isEqualTo(3));
        assertThat(account(customer)).isEqualTo("1 1 0");
        assertThat(balance(held)).isPositive();
        assertThat(balance("protocol:insurance")).isLessThan(insurance).isGreaterThanOrEqualTo(insurance - 700);
    }

    @Test
    void hasTheRouterStartAnewAndTakesTheRestOfItsJournal() {
        var router = routerIn(0);
        router.lease(http.customer("1"), 1_000);
        silent(Duration.ofSeconds(60));
        awaitClosed(router);

        assertThat(lease(router).problem()).isEqualTo("409 STATE_CONFLICT");
        var start = http.internal(
                "/internal/routers/" + router.id + "/incarnations", "{\"earlier\":[%d]}".formatted(router.incarnation));
        assertThat(start.body())
                .isEqualTo("{\"incarnation\":%d,\"unposted\":[{\"incarnation\":%d,\"nextPosition\":0}]}"
                        .formatted(router.incarnation + 1, router.incarnation));
        assertThat(lease(market.new Router(router.id, router.incarnation + 1)).status())
                .isEqualTo(200);
    }

    @Test
    void closesAnEarlierStreamThatItsRouterCannotFinish() {
        var router = routerIn(0);
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000);
        router.charged(lease, 700);
        send(router);
        await().untilAsserted(() -> assertThat(posted(router)).isEqualTo(1));
        var later = startedAnew(router);
        var others = http.customer("1");
        later.lease(others, 1_000);

        calling(later, "[]", Duration.ofSeconds(60));

        awaitClosed(router);
        assertThat(account(customer)).isEqualTo("0.9999993 0.9999993 0");
        assertThat(state(later)).isEqualTo("OPEN");
        assertThat(lease(later).status()).isEqualTo(200);
    }

    @Test
    void leavesAStreamOpenWhoseRouterCalledSinceItWasLookedAt() {
        var router = routerIn(0);
        router.lease(http.customer("1"), 1_000);
        var before = heard(router);

        assertThat(lease(router).status()).isEqualTo(200);

        assertThat(closing.close(before)).isEmpty();
        assertThat(state(router)).isEqualTo("OPEN");
    }

    /// Its leases would give back what was just spent of them.
    @Test
    void leavesAStreamOpenThatMovedSinceItWasLookedAt() {
        var router = routerIn(0);
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000);
        var before = heard(router);
        router.charged(lease, 700);
        send(router);
        await().untilAsserted(() -> assertThat(posted(router)).isEqualTo(1));

        assertThat(closing.close(before)).isEmpty();
        assertThat(state(router)).isEqualTo("OPEN");

        assertThat(closing.close(heard(router))).isPresent();
        assertThat(state(router)).isEqualTo("CLOSED");
        assertThat(account(customer)).isEqualTo("0.9999993 0.9999993 0");
    }

    @Test
    void leavesAnEarlierStreamOpenThatItsRouterStillSends() {
        var router = routerIn(0);
        router.lease(http.customer("1"), 1_000);
        var later = startedAnew(router);

        calling(later, "[%d]".formatted(router.incarnation), Duration.ofSeconds(100));
        assertThat(state(router)).isEqualTo("OPEN");

        calling(later, "[]", Duration.ofSeconds(60));
        awaitClosed(router);
    }

    @Test
    void leavesAnEarlierStreamOpenWhileItMoves() {
        var router = routerIn(0);
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000);
        var later = startedAnew(router);

        for (var frame = 1; frame <= 4; frame++) {
            router.charged(lease, 100);
            send(router);
            var next = frame;
            await().untilAsserted(() -> assertThat(posted(router)).isEqualTo(next));
            calling(later, "[]", Duration.ofSeconds(40));
        }

        assertThat(state(router)).isEqualTo("OPEN");
    }

    @Test
    void paysWhatComesOfAClosedEarlierStreamOnceAndNeverByTheCustomer() {
        var router = routerIn(0);
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000);
        var later = startedAnew(router);
        calling(later, "[]", Duration.ofSeconds(60));
        awaitClosed(router);
        assertThat(account(customer)).isEqualTo("1 1 0");

        var again = startedAnew(later);
        router.charged(lease, 700);
        router.close(lease);
        router.end();
        var rest = router.frame().encode();
        Broker.send(Topics.RACES, null, router.key(), rest);
        Broker.send(Topics.RACES, null, router.key(), rest);
        await().untilAsserted(() -> assertThat(posted(router)).isEqualTo(3));
        calling(again, "[]", Duration.ofSeconds(60));

        assertThat(account(customer)).isEqualTo("1 1 0");
        assertThat(balance("operator:" + router.operator(1) + ":held")).isEqualTo(350);
    }

    @Test
    void countsOnWhereTheServiceBeforeItEnded() {
        var router = routerIn(0);
        router.lease(http.customer("1"), 1_000);
        lost.look(now);

        for (var restart = 0; restart < 3; restart++) {
            now = restart * 1_000_000_000_000L;
            beginToLook();
            silent(Duration.ofSeconds(15));
        }
        assertThat(state(router)).isEqualTo("OPEN");
        beginToLook();
        silent(Duration.ofSeconds(10));

        awaitClosed(router);
    }

    @Test
    void countsNoTimeInWhichTheServiceWasAway() {
        var router = routerIn(0);
        router.lease(http.customer("1"), 1_000);

        for (var restart = 0; restart < 20; restart++) {
            now += Duration.ofHours(1).toNanos();
            beginToLook();
        }

        assertThat(state(router)).isEqualTo("OPEN");
    }

    @Test
    void doesNotAddUpWhatSeveralInstancesCount() {
        var router = routerIn(0);
        router.lease(http.customer("1"), 1_000);
        var one = lost;
        beginToLook();

        for (var look = 0; look <= 8; look++) {
            now += LOOK.toNanos();
            one.look(now);
            lost.look(now);
        }
        assertThat(state(router)).isEqualTo("OPEN");
        silent(Duration.ofSeconds(15));

        awaitClosed(router);
    }

    @Test
    void waitsForNoPartitionButTheStreamsOwn() throws SQLException {
        var router = routerIn(0);
        router.lease(http.customer("1"), 1_000);
        var other = routerIn(2);
        other.charged(other.lease(http.customer("1"), 1_000), 700);
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select 1 from stream where router = " + other.id + " for update");
            send(other);
            silent(Duration.ofSeconds(60));

            awaitClosed(router);
            assertThat(state(other)).isEqualTo("OPEN");
            connection.rollback();
        }
        await().untilAsserted(() -> assertThat(posted(other)).isEqualTo(1));
    }

    /// The next start of the router, as far as billing knows.
    private Market.Router startedAnew(Market.Router router) {
        return market.start(router.id);
    }

    /// A router whose stream is in that partition.
    private Market.Router routerIn(int partition) {
        while (true) {
            var router = market.router();
            var key = router.key().getBytes(StandardCharsets.UTF_8);
            if (BuiltInPartitioner.partitionForKey(key, races.partitions()) == partition) {
                return router;
            }
        }
    }

    /// Time passes in which the router calls, and says which earlier streams it sends.
    private void calling(Market.Router router, String forwarding, Duration time) {
        for (var passed = 0L; passed < time.toSeconds(); passed += LOOK.toSeconds()) {
            assertThat(http.internal(
                                    "/internal/leases",
                                    "{\"routerId\":%d,\"incarnation\":%d,\"forwarding\":%s}"
                                            .formatted(router.id, router.incarnation, forwarding))
                            .status())
                    .isEqualTo(200);
            silent(LOOK);
        }
    }

    /// What stood in the topic may be read a moment later than it was posted: this service looks again until it is,
    /// and no time passes.
    private void awaitClosed(Market.Router router) {
        await().untilAsserted(() -> {
            lost.look(now);
            assertThat(state(router)).isEqualTo("CLOSED");
        });
    }

    /// Time passes in which this service looks and hears nothing.
    private void silent(Duration time) {
        for (var passed = 0L; passed < time.toSeconds(); passed += LOOK.toSeconds()) {
            now += LOOK.toNanos();
            lost.look(now);
        }
    }

    private Heard heard(Market.Router router) {
        var stream = new StreamId(router.id, router.incarnation);
        return routers.heard().stream()
                .filter(heard -> heard.stream().equals(stream))
                .findAny()
                .orElseThrow();
    }

    private Http.Answer lease(Market.Router router) {
        return http.internal(
                "/internal/leases", "{\"routerId\":%d,\"incarnation\":%d}".formatted(router.id, router.incarnation));
    }

    private void send(Market.Router router) {
        Broker.send(Topics.RACES, null, router.key(), router.frame().encode());
    }

    private long posted(Market.Router router) {
        return jdbc.sql("select next_position from stream where router = ? and incarnation = ?")
                .params(router.id, router.incarnation)
                .query(Long.class)
                .single();
    }

    private String state(Market.Router router) {
        return jdbc.sql("select state from credit_lease where router = ? and incarnation = ?")
                .params(router.id, router.incarnation)
                .query(String.class)
                .single();
    }

    private long balance(String account) {
        return jdbc.sql("select coalesce(sum(balance), 0) from ledger_account where name = ?")
                .param(account)
                .query(Long.class)
                .single();
    }

    private String account(Http.Customer customer) {
        var account = http.get("/v1/account", customer.ask());
        return account.text("balance") + " " + account.text("available") + " " + account.text("reserved");
    }
}
