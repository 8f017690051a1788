package io.streamsync.billing.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.events.Topics;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// A key's daily cap over all routers.
@BillingTest
class KeyLeaseApiTests {

    private static final long ASK = 1_000;

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    RateUsePruning pruning;

    @BeforeEach
    void forgetTheRoutersOfOtherTests() {
        jdbc.sql("update stream_router set seen_at = seen_at - interval '1 hour'")
                .update();
    }

    @Test
    void letsTwoRoutersSpendTheWholeCapAndNotAUnitMore() {
        var customer = http.customer("1");
        var key = key(customer, "0.00004");
        var first = new Seller(market.router(), customer, key);
        var second = new Seller(market.router(), customer, key);

        await().atMost(Duration.ofSeconds(30)).until(() -> {
            first.sell();
            second.sell();
            return first.spent + second.spent == 40_000;
        });

        assertThat(first.sell()).isFalse();
        assertThat(second.sell()).isFalse();
        assertThat(first.spent).isPositive();
        assertThat(second.spent).isPositive();
        assertThat(first.refusal).isEqualTo("CAP_REACHED");
        assertThat(committed(key)).isEqualTo(40_000);
    }

    @Test
    void countsWhatAKilledRouterSpentAndReturnsWhatItDidNot() {
        var customer = http.customer("1");
        var key = key(customer, "0.00002");
        var killed = market.router();
        var lease = lease(killed, customer, key);
        assertThat(lease.granted).isEqualTo(20_000);
        killed.charged(lease, 6_000);
        var restarted = market.start(killed.id);
        assertThat(grant(restarted, customer, key, null).path("outcome").asString())
                .isEqualTo("CAP_REACHED");

        killed.end();
        send(killed);

        await().untilAsserted(() -> assertThat(
                        grant(restarted, customer, key, null).path("granted").asString())
                .isEqualTo("14000"));
    }

    @Test
    void hasNothingForARevokedKeyNorForAnothersKey() {
        var customer = http.customer("1");
        var key = key(customer, "0.5");
        var router = market.router();

        assertThat(grant(router, http.customer("1"), key, null).path("outcome").asString())
                .isEqualTo("UNKNOWN_ACCOUNT");
        http.delete("/v1/account/keys/" + key, customer.manage());
        assertThat(grant(router, customer, key, null).path("outcome").asString())
                .isEqualTo("UNKNOWN_ACCOUNT");
    }

    @Test
    void grantsNothingBelowALoweredCapAndMoreAfterARaisedOne() {
        var customer = http.customer("1");
        var key = key(customer, "0.00002");
        var router = market.router();
        var lease = lease(router, customer, key);
        router.charged(lease, 15_000);
        send(router);
        await().until(() -> posted(key) == 15_000);

        change(customer, key, "\"0.00001\"");
        var lowered = grant(router, customer, key, lease.id);
        change(customer, key, "\"0.00003\"");
        var raised = grant(router, customer, key, lease.id);
        change(customer, key, "null");
        var removed = grant(router, customer, key, lease.id);

        assertThat(lowered.path("outcome").asString()).isEqualTo("CAP_REACHED");
        assertThat(lowered.path("unspent").asString()).isEqualTo("0");
        assertThat(raised.path("granted").asString()).isEqualTo("30000");
        assertThat(raised.path("unspent").asString()).isEqualTo("15000");
        assertThat(removed.path("granted").asString()).isEqualTo("80000");
        assertThat(removed.has("unspent")).isFalse();
    }

    @Test
    void givesEveryDayItsOwnCap() {
        var customer = http.customer("1");
        var key = key(customer, "0.00002");
        var router = market.router();
        var yesterdays = lease(router, customer, key);
        assertThat(grant(router, customer, key, yesterdays.id).path("outcome").asString())
                .isEqualTo("CAP_REACHED");

        jdbc.sql("update credit_lease set day = day - 1 where key_id = ?")
                .param(key)
                .update();

        assertThat(grant(router, customer, key, yesterdays.id).path("outcome").asString())
                .isEqualTo("LEASE_CLOSED");
        var todays = grant(router, customer, key, null);
        assertThat(todays.path("granted").asString()).isEqualTo("20000");
        assertThat(todays.path("leaseId").asString()).isNotEqualTo(yesterdays.id.toString());
        assertThat(todays.path("endsInMillis").asLong()).isBetween(0L, 86_400_000L);
        router.charged(yesterdays, 5_000);
        router.close(yesterdays);
        send(router);
        await().until(() ->
                http.get("/v1/account", customer.ask()).text("reserved").equals("0.00002"));
    }

    @Test
    void opensNoLeaseThatBuysNothing() {
        var customer = http.customer("1");
        var key = key(customer, "0.0000009");

        var grant = grant(market.router(), customer, key, null);

        assertThat(grant.path("outcome").asString()).isEqualTo("CAP_REACHED");
        assertThat(grant.path("unspent").asString()).isEqualTo("900");
    }

    @Test
    void leasesWithoutAKeyBesideTheKeys() {
        var customer = http.customer("0.001");
        var key = key(customer, "0.00002");
        var router = market.router();

        var keys = grant(router, customer, key, null);
        var accounts = grant(router, customer, null, null);

        assertThat(keys.path("granted").asString()).isEqualTo("20000");
        assertThat(accounts.path("granted").asString()).isEqualTo("50000");
        assertThat(accounts.path("leaseId").asString())
                .isNotEqualTo(keys.path("leaseId").asString());
        assertThat(accounts.has("endsInMillis")).isFalse();
    }

    @Test
    void keepsLittleReadyForTheIdleAndTakesItBackWhenOthersAreShort() {
        var customer = http.customer("0.00002");
        var idle = market.router();
        var busy = market.router();

        var ready = call(idle, customer, null, null, true);
        assertThat(ready.path("granted").asString()).isEqualTo("5000");
        var leaseId = UUID.fromString(ready.path("leaseId").asString());
        var kept = call(idle, customer, null, leaseId, true);
        assertThat(kept.path("outcome").asString()).isEqualTo("GRANTED");
        assertThat(kept.path("granted").asString()).isEqualTo("5000");

        var all = busy.lease(customer, 20_000);
        while (busy.grant(customer, all.id, 20_000).path("outcome").asString().equals("GRANTED")) {}

        assertThat(call(idle, customer, null, leaseId, true).path("outcome").asString())
                .isEqualTo("LEASE_CLOSED");
    }

    @Test
    void takesAnIdleLeaseBackWhenOnlyCrumbsOfTheCapAreLeft() {
        var customer = http.customer("1");
        var key = key(customer, "0.00004");
        var idle = market.router();
        var ready = call(idle, customer, key, null, true);
        var leaseId = UUID.fromString(ready.path("leaseId").asString());

        change(
                customer,
                key,
                "\"" + Amount.decimal(Long.parseLong(ready.path("granted").asString()) + ASK - 1) + "\"");

        assertThat(grant(market.router(), customer, key, null).path("outcome").asString())
                .isEqualTo("CAP_REACHED");
        assertThat(call(idle, customer, key, leaseId, true).path("outcome").asString())
                .isEqualTo("LEASE_CLOSED");
    }

    @Test
    void sharesARateCapAmongTheRoutersThatUseIt() {
        var customer = http.customer("0");
        var first = market.router();
        var second = market.router();

        assertThat(routersOf(first, customer.id(), "k")).isEqualTo(1);
        seen(first, "1 min"); // for as long as the test may take
        assertThat(routersOf(second, customer.id(), "k")).isEqualTo(2);
        seen(second, "1 min");
        assertThat(routersOf(first, customer.id(), "k")).isEqualTo(2);
        assertThat(routersOf(first, customer.id(), null)).isEqualTo(1);
        seen(second, "-3 s");
        assertThat(routersOf(first, customer.id(), "k")).isEqualTo(1);
    }

    private void seen(Market.Router router, String fromNow) {
        jdbc.sql("update credit_rate_use set seen_at = now() + cast(? as interval) where router = ?")
                .params(fromNow, router.id)
                .update();
    }

    @Test
    void refusesARateOfAKeyWithoutAName() {
        var router = market.router();

        assertThat(http.internal("/internal/leases", """
                                {"routerId":%d,"incarnation":%d,"requests":[],
                                "rates":[{"accountId":"a","keyId":""},{"accountId":"a","keyId":null}]}""".formatted(router.id, router.incarnation))
                        .problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void forgetsADayLaterWhoUsedARateCap() {
        var customer = http.customer("0");
        var old = market.router();
        var current = market.router();
        routersOf(old, customer.id(), "k");
        routersOf(current, customer.id(), "k");
        jdbc.sql("update credit_rate_use set seen_at = seen_at - interval '1 day' where router = ?")
                .param(old.id)
                .update();

        pruning.prune();

        assertThat(jdbc.sql("select router from credit_rate_use where account_id = ?")
                        .param(customer.id())
                        .query(Integer.class)
                        .list())
                .containsExactly(current.id);
    }

    private int routersOf(Market.Router router, String account, @Nullable String key) {
        var rates = http.internal("/internal/leases", """
                        {"routerId":%d,"incarnation":%d,"requests":[],"rates":[{"accountId":"%s","keyId":%s}]}""".formatted(router.id, router.incarnation, account, text(key)))
                .json()
                .path("rates");
        assertThat(rates).hasSize(1);
        return rates.path(0).path("routers").asInt();
    }

    private String key(Http.Customer customer, String dailyCap) {
        return http.post("/v1/account/keys", "{\"dailyCap\":\"" + dailyCap + "\"}", customer.manage())
                .text("keyId");
    }

    private void change(Http.Customer customer, String key, String dailyCap) {
        assertThat(http.patch("/v1/account/keys/" + key, "{\"dailyCap\":" + dailyCap + "}", customer.manage())
                        .status())
                .isEqualTo(200);
    }

    private Market.TestLease lease(Market.Router router, Http.Customer customer, String key) {
        var grant = grant(router, customer, key, null);
        return new Market.TestLease(
                customer,
                UUID.fromString(grant.path("leaseId").asString()),
                Long.parseLong(grant.path("granted").asString()));
    }

    private JsonNode grant(Market.Router router, Http.Customer customer, @Nullable String key, @Nullable UUID leaseId) {
        return call(router, customer, key, leaseId, false);
    }

    private JsonNode call(
            Market.Router router, Http.Customer customer, @Nullable String key, @Nullable UUID leaseId, boolean idle) {
        return http.internal("/internal/leases", """
                        {"routerId":%d,"incarnation":%d,"requests":[{"requestId":"r","accountId":"%s","keyId":%s,
                        "leaseId":%s,"spentRecently":"0","dearestAsk":"%d","least":"%d","idle":%s}]}""".formatted(
                                router.id,
                                router.incarnation,
                                customer.id(),
                                text(key),
                                text(leaseId),
                                ASK,
                                key == null ? 0 : ASK,
                                idle))
                .json()
                .path("grants")
                .path(0);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "null" : "\"" + value + "\"";
    }

    private long committed(String key) {
        return sum(key, "case state when 'OPEN' then granted else posted end");
    }

    private long posted(String key) {
        return sum(key, "posted");
    }

    private long sum(String key, String what) {
        return jdbc.sql("select coalesce(sum(" + what + "), 0) from credit_lease where key_id = ?")
                .param(key)
                .query(Long.class)
                .single();
    }

    private static void send(Market.Router router) {
        Broker.send(Topics.RACES, 5, router.key(), router.frame().encode());
    }

    /// A router that sells queries of one key at one price, and gives back what does not buy one.
    private final class Seller {

        private final Market.Router router;
        private final Http.Customer customer;
        private final String key;
        private Market.@Nullable TestLease lease;
        private long granted;
        private long spent;
        private String refusal = "";

        Seller(Market.Router router, Http.Customer customer, String key) {
            this.router = router;
            this.customer = customer;
            this.key = key;
        }

        boolean sell() {
            if (lease == null || granted - lease.spent < ASK) {
                ask();
            }
            if (lease == null || granted - lease.spent < ASK) {
                giveBack();
                return false;
            }
            router.charged(lease, ASK);
            spent += ASK;
            return true;
        }

        private void ask() {
            var grant = grant(router, customer, key, lease == null ? null : lease.id);
            if (!grant.path("outcome").asString().equals("GRANTED")) {
                refusal = grant.path("outcome").asString();
                return;
            }
            var id = UUID.fromString(grant.path("leaseId").asString());
            if (lease == null) {
                lease = new Market.TestLease(customer, id, 0);
            }
            if (lease.id.equals(id)) {
                granted = Long.parseLong(grant.path("granted").asString());
            }
        }

        private void giveBack() {
            var current = lease;
            if (current != null) {
                router.close(current);
                send(router);
                await().until(() -> jdbc.sql("select state from credit_lease where id = ?")
                        .param(current.id)
                        .query(String.class)
                        .single()
                        .equals("CLOSED"));
                lease = null;
                granted = 0;
            }
        }
    }
}
