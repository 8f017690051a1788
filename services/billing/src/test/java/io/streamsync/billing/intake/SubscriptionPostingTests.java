package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// What subscriptions come to in the books.
@BillingTest
class SubscriptionPostingTests {

    private static final List<Account> POOLS =
            List.of(Account.VERIFIERS, Account.STAKERS, Account.TREASURY, Account.INSURANCE);

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    StreamIntake intake;

    @Autowired
    Ledger ledger;

    @Test
    void sharesAFeeOutWithNobodyToVerify() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var before = pools();

        router.notified(lease, router.subscribed(lease, 4_001), 2, 4_000, 150, 6_000);
        post(router);

        assertThat(ledger.balance(Account.leased(new CustomerId(customer.id()))))
                .isEqualTo(lease.granted - 4_001 - 6_000);
        assertThat(held(router, 1)).isEqualTo(2_000);
        assertThat(held(router, 2)).isEqualTo(3_000);
        assertThat(change(before)).containsExactly(0L, 400L + 600, 801L + 1_200, 800L + 1_200);
    }

    @Test
    void showsItInEveryListOfTheCustomer() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);

        var first = router.subscribed(lease, 4_000);
        router.notified(lease, first, 1, 4_000, 33, 1_320);
        post(router);
        router.notified(lease, first, 2, 5_000, 10, 500);
        var second = router.subscribed(lease, 6_000);
        router.charged(lease, 1_000);
        post(router);

        var listed =
                http.get("/v1/account/subscriptions", customer.ask()).json().path("items");
        assertThat(listed)
                .extracting(one -> one.path("subscriptionId").asString() + " "
                        + one.path("method").asString() + " "
                        + one.path("operatorId").asString() + " "
                        + one.path("notifications").asLong() + " "
                        + one.path("charged").asString())
                .containsExactly(
                        second + " accountSubscribe " + router.operator(1) + " 0 0.000006",
                        first + " accountSubscribe " + router.operator(2) + " 43 0.00000582");
        assertThat(listed.path(1).path("lastChargedAt").asString())
                .isGreaterThan(listed.path(1).path("openedAt").asString());
        assertThat(http.get("/v1/account/usage?groupBy=method", customer.ask())
                        .json()
                        .path("items"))
                .extracting(Object::toString)
                .contains(
                        "{\"key\":\"accountSubscribe\",\"queries\":2,\"charged\":\"0.00001182\",\"refunded\":\"0\",\"paid\":\"0.00001182\"}");
        assertThat(http.get("/v1/account/usage?groupBy=operator", customer.ask())
                        .json()
                        .path("items"))
                .extracting(Object::toString)
                .contains("{\"key\":\"" + router.operator(2)
                        + "\",\"queries\":0,\"charged\":\"0.0000005\",\"refunded\":\"0\",\"paid\":\"0.0000005\"}");
        assertThat(http.get("/v1/account/entries", customer.manage()).json().path("items"))
                .extracting(entry -> entry.path("kind").asString() + " "
                        + entry.path("amount").asString())
                .containsExactly("CHARGE -0.0000075", "CHARGE -0.00000532", "DEPOSIT 1");
        assertThat(http.get("/v1/races", customer.ask()).json().path("items"))
                .as("a subscription is no race")
                .hasSize(1);
        assertThat(http.get("/v1/races/" + first).problem()).isEqualTo("404 NOT_FOUND");
    }

    @Test
    void showsItInTheOperatorsEarnings() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);

        router.notified(lease, router.subscribed(lease, 4_000), 1, 4_000, 100, 4_000);
        post(router);

        var earnings = http.internal("/internal/operators/" + router.operator(1) + "/earnings?groupBy=method");
        assertThat(earnings.text("pending")).isEqualTo("0.000004");
        assertThat(earnings.json().path("items").path(0).toString())
                .isEqualTo("{\"key\":\"accountSubscribe\",\"queries\":1,\"checks\":0,\"charged\":\"0.000008\","
                        + "\"refunded\":\"0\",\"earned\":\"0.000004\"}");
    }

    @Test
    void listsInPages() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var ids = List.of(router.subscribed(lease, 10), router.subscribed(lease, 10), router.subscribed(lease, 10));
        post(router);

        var first =
                http.get("/v1/account/subscriptions?limit=2", customer.manage()).json();
        var rest = http.get(
                        "/v1/account/subscriptions?limit=2&cursor="
                                + first.path("nextCursor").asString(),
                        customer.manage())
                .json();

        assertThat(first.path("items"))
                .extracting(one -> one.path("subscriptionId").asString())
                .containsExactly(ids.get(2), ids.get(1));
        assertThat(rest.path("items"))
                .extracting(one -> one.path("subscriptionId").asString())
                .containsExactly(ids.get(0));
        assertThat(rest.path("nextCursor").isNull()).isTrue();
        assertThat(http.get("/v1/account/subscriptions").problem()).isEqualTo("401 INVALID_KEY");
        assertThat(http.get(
                                "/v1/account/subscriptions?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z",
                                customer.ask())
                        .json()
                        .path("items"))
                .isEmpty();
    }

    @Test
    void postsEachRecordOnceHoweverItCame() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var subscription = router.subscribed(lease, 4_000);
        var first = router.frame();
        router.notified(lease, subscription, 1, 4_000, 10, 400);
        var second = router.frame();
        router.notified(lease, subscription, 1, 4_000, 20, 800);
        var third = router.frame();

        assertThat(take(router, second, third))
                .isInstanceOfSatisfying(
                        Taken.Posted.class, posted -> assertThat(posted.gap()).isNotNull());
        assertThat(take(router, first, first, third, second, third)).isInstanceOf(Taken.Posted.class);
        take(router, second, third, first);

        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("0.9999948");
        assertThat(http.get("/v1/account/subscriptions", customer.ask())
                        .json()
                        .path("items")
                        .path(0)
                        .path("notifications")
                        .asLong())
                .isEqualTo(30);
    }

    @Test
    void paysALateChargeFromTheInsurance() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var subscription = router.subscribed(lease, 4_000);
        router.close(lease);
        post(router);
        var before = pools();

        router.notified(lease, subscription, 1, 4_000, 100, 4_000);
        post(router);

        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("0.999996");
        assertThat(held(router, 1)).isEqualTo(2_000 + 2_000);
        assertThat(change(before)).containsExactly(0L, 400L, 800L, -3_200L);
        assertThat(http.get("/v1/account/subscriptions", customer.ask())
                        .json()
                        .path("items")
                        .path(0)
                        .path("charged")
                        .asString())
                .as("what the customer paid")
                .isEqualTo("0.000004");
    }

    @Test
    void refusesWhatCannotBeDue() {
        var customer = http.customer("1");
        requireBroken(customer, (router, lease) -> router.notified(lease, "5".repeat(32), 1, 4_000, 100, 4_002));
        requireBroken(customer, (router, lease) -> router.notified(lease, "5".repeat(32), 1, 4_000, 0, 1));
        requireBroken(customer, (router, lease) -> router.notified(lease, "5".repeat(32), 1, -4_000, 1, 0));
        requireBroken(
                customer,
                (router, lease) -> router.notified(lease.withId(UUID.randomUUID()), "5".repeat(32), 1, 100, 1, 1));
        requireBroken(
                customer,
                (router, lease) -> router.notified(lease.as(http.customer("0")), "5".repeat(32), 1, 100, 1, 1));
        requireBroken(customer, (router, lease) -> {
            router.subscribed(lease.copy(), 100);
            router.subscribed(lease, 100); // the sum does not go on
        });
    }

    @Test
    void refusesAChargeOnNobodysLease() {
        var router = market.router();
        router.write(new SubscriptionCharged(
                "5".repeat(32),
                router.now(),
                router.now() / 300_000,
                Parameters.defaults().version(),
                "accountSubscribe",
                new NodeId("node"),
                router.operator(1),
                100,
                true,
                0,
                100,
                new PrivatePart("0".repeat(32), http.customer("1").id(), "key", null, 0, null, 0)));

        assertThat(take(router, router.frame()))
                .isInstanceOfSatisfying(
                        Taken.Stopped.class,
                        stopped -> assertThat(stopped.reason()).contains("charges a fee that cannot be due"));
    }

    private void requireBroken(Http.Customer customer, Writing writing) {
        var router = market.router();
        writing.write(router, router.lease(customer, 10_000));

        assertThat(take(router, router.frame())).isInstanceOf(Taken.Stopped.class);
    }

    private interface Writing {

        void write(Market.Router router, Market.TestLease lease);
    }

    private void post(Market.Router router) {
        assertThat(take(router, router.frame())).isInstanceOf(Taken.Posted.class);
    }

    private Taken take(Market.Router router, Frame... frames) {
        var received = new ArrayList<ReceivedFrame>();
        for (var frame : frames) {
            received.add(ReceivedFrame.decode(received.size(), frame.encode()));
        }
        return intake.take(new StreamId(router.id, router.incarnation), received);
    }

    private long held(Market.Router router, int operator) {
        return ledger.balance(Account.held(router.operator(operator)));
    }

    private List<Long> pools() {
        return POOLS.stream().map(ledger::balance).toList();
    }

    private List<Long> change(List<Long> before) {
        var after = pools();
        return IntStream.range(0, POOLS.size())
                .mapToObj(index -> after.get(index) - before.get(index))
                .toList();
    }
}
