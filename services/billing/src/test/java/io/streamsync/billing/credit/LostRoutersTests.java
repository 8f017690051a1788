package io.streamsync.billing.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.stream.RaceReading;
import io.streamsync.billing.stream.Routers;
import io.streamsync.events.Topics;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BillingTest
class LostRoutersTests {

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

    private LostRouters lost;
    private long now;

    @BeforeEach
    void beginToLook() {
        var properties = new CreditProperties("1000", Duration.ofSeconds(20), Duration.ofSeconds(30), LOOK);
        lost = new LostRouters(routers, races, closing, properties);
        lost.look(now);
    }

    @Test
    void givesTheCustomerBackWhatALostRouterHeld() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000);
        router.charged(lease, 700);
        send(router);
        await().untilAsserted(() -> assertThat(posted(router)).isEqualTo(1));

        silent(Duration.ofSeconds(50));
        assertThat(http.get("/v1/account", customer.ask()).text("reserved")).isNotEqualTo("0");
        silent(LOOK.multipliedBy(2));

        assertThat(account(customer)).isEqualTo("0.9999993 0.9999993 0");
        assertThat(state(router)).isEqualTo("CLOSED");
    }

    @Test
    void keepsTheLeasesOfARouterThatCallsNowAndThen() {
        var router = market.router();
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
        var router = market.router();
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
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000);
        router.charged(lease, 700);
        silent(Duration.ofSeconds(60));
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
        var router = market.router();
        router.lease(http.customer("1"), 1_000);
        silent(Duration.ofSeconds(60));

        assertThat(lease(router).problem()).isEqualTo("409 STATE_CONFLICT");
        var start = http.internal("/internal/routers/" + router.id + "/incarnations", "{}");
        assertThat(start.body())
                .isEqualTo("{\"incarnation\":%d,\"unposted\":[{\"incarnation\":%d,\"nextPosition\":0}]}"
                        .formatted(router.incarnation + 1, router.incarnation));
        assertThat(lease(market.new Router(router.id, router.incarnation + 1)).status())
                .isEqualTo(200);
    }

    /// Time passes in which this service looks and hears nothing.
    private void silent(Duration time) {
        for (var passed = 0L; passed < time.toSeconds(); passed += LOOK.toSeconds()) {
            now += LOOK.toNanos();
            lost.look(now);
        }
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
