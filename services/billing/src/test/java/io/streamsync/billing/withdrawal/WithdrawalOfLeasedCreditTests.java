package io.streamsync.billing.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.credit.Recall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What a router holds and does not need leaves with a withdrawal.
@BillingTest
class WithdrawalOfLeasedCreditTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Recall recall;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final HttpServer server;
    private volatile Runnable whenAsked = () -> {};

    WithdrawalOfLeasedCreditTests() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            whenAsked.run();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.stop(0);
    }

    @Test
    void takesWhatARouterHandsBackForIt() {
        var customer = http.customer("5");
        var router = router();
        var lease = router.lease(customer, 1_000_000_000);
        whenAsked = () -> handBack(router, lease, lease.granted);

        assertThat(withdraw(customer, "5").status()).isEqualTo(201);

        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("0");
        assertThat(asked)
                .containsExactly("POST /internal/credit/wanted Bearer " + BillingTest.SERVICE_TOKEN
                        + " {\"holders\":[\"" + customer.id() + "\"]}");
    }

    @Test
    void asksAgainWhereARouterHasToFindOutWhatItHolds() {
        var customer = http.customer("5");
        var router = router();
        var lease = router.lease(customer, 1_000_000_000);
        whenAsked = () -> {
            if (asked.size() > 1) {
                handBack(router, lease, lease.granted);
            }
        };

        assertThat(withdraw(customer, "5").status()).isEqualTo(201);
    }

    @Test
    void asksEveryRouterThatHoldsSomething() {
        var customer = http.customer("5");
        var one = router();
        var other = router();
        var ones = one.lease(customer, 1_000_000_000);
        var others = other.lease(customer, 1_000_000_000);
        whenAsked = () -> {
            handBack(one, ones, ones.granted);
            handBack(other, others, others.granted);
        };

        assertThat(withdraw(customer, "5").status()).isEqualTo(201);
    }

    @Test
    void carriesARepeatedRequestOutOnceThatHadToWait() {
        var customer = http.customer("5");
        var router = router();
        var lease = router.lease(customer, 1_000_000_000);
        whenAsked = () -> handBack(router, lease, lease.granted);

        var first = withdraw(customer, "4.5", "Idempotency-Key", "once");
        var again = withdraw(customer, "4.5", "Idempotency-Key", "once");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("0.5");
    }

    @Test
    void leavesWhatQueriesUnderWayNeed() {
        var customer = http.customer("5");
        var router = router();
        var lease = router.lease(customer, 1_000_000_000);
        whenAsked = () -> handBack(router, lease, lease.granted - 1_000);

        var refused = withdraw(customer, "5");

        assertThat(refused.problem()).isEqualTo("422 BALANCE_TOO_LOW");
        assertThat(refused.text("available")).isEqualTo("4.999999");
        assertThat(refused.text("reserved")).isEqualTo("0.000001");
        assertThat(refused.text("detail")).contains("The rest is with routers");
        assertThat(withdraw(customer, "4.999999").status()).isEqualTo(201);
    }

    @Test
    void waitsForARouterThatHangsButAMoment() {
        var customer = http.customer("5");
        router().lease(customer, 1_000_000_000);
        whenAsked = this::hang;

        assertThat(withdraw(customer, "5").problem()).isEqualTo("422 BALANCE_TOO_LOW");

        assertThat(asked).hasSizeLessThanOrEqualTo(4);
        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("5");
    }

    @Test
    void asksForOneCustomerOnceAtATime() {
        var customer = http.customer("5");
        var router = router();
        var lease = router.lease(customer, 1_000_000_000);
        var meanwhile = new AtomicBoolean(true);
        whenAsked = () -> {
            meanwhile.set(recall.bringBack(new CustomerId(customer.id()), 5_000_000_000L));
            handBack(router, lease, lease.granted);
        };

        assertThat(withdraw(customer, "5").status()).isEqualTo(201);

        assertThat(meanwhile).isFalse();
    }

    @Test
    void asksForSixteenCustomersAtOnce() {
        var router = router();
        var leases = IntStream.range(0, 17)
                .mapToObj(_ -> router.lease(http.customer("5"), 1_000_000_000))
                .toList();
        var sixteen = leases.subList(0, 16);
        var oneMore = leases.getLast();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // once more where the first of them had waited for so long that it gave up before the last was there
            await().until(() -> {
                asked.clear();
                var underway = sixteen.stream()
                        .map(lease -> CompletableFuture.runAsync(() -> withdraw(lease.customer, "5"), threads))
                        .toList();
                await().until(() -> sixteen.stream().allMatch(this::isAskedFor));
                assertThat(withdraw(oneMore.customer, "5").problem()).isEqualTo("422 BALANCE_TOO_LOW");
                underway.forEach(CompletableFuture::join);
                return !isAskedFor(oneMore);
            });
        }

        whenAsked = () -> handBack(router, oneMore, oneMore.granted);
        assertThat(withdraw(oneMore.customer, "5").status())
                .as("when the others have done")
                .isEqualTo(201);
    }

    @Test
    void asksNobodyForWhatNobodyHas() {
        var customer = http.customer("5");
        router().lease(customer, 1_000_000_000);
        var other = http.customer("5");

        assertThat(withdraw(customer, "5.000000001").problem()).isEqualTo("422 BALANCE_TOO_LOW");
        assertThat(withdraw(other, "6").problem()).isEqualTo("422 BALANCE_TOO_LOW");

        assertThat(asked).isEmpty();
    }

    @Test
    void asksNoRouterThatIsAway() {
        var customer = http.customer("5");
        var router = router();
        router.lease(customer, 1_000_000_000);
        jdbc.sql("update stream_router set seen_at = seen_at - interval '2 minutes' where router = ?")
                .param(router.id)
                .update();

        assertThat(withdraw(customer, "5").problem()).isEqualTo("422 BALANCE_TOO_LOW");

        assertThat(asked).isEmpty();
    }

    private boolean isAskedFor(Market.TestLease lease) {
        return asked.stream().anyMatch(request -> request.contains(lease.customer.id()));
    }

    private void hang() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A start of a router that answers here.
    private Market.Router router() {
        var id = market.router().id;
        var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        var started = http.internal("/internal/routers/" + id + "/incarnations", "{\"internalUrl\":\"" + url + "\"}");
        return market.new Router(id, started.json().path("incarnation").asInt());
    }

    private void handBack(Market.Router router, Market.TestLease lease, long all) {
        http.internal("/internal/leases", """
                {"routerId":%d,"incarnation":%d,"requests":[{"requestId":"r","accountId":"%s","leaseId":"%s",
                "spentRecently":"0","dearestAsk":"0","more":false,"returned":"%d","unspent":"%d"}]}""".formatted(
                        router.id, router.incarnation, lease.customer.id(), lease.id, all, lease.granted - all));
    }

    private Http.Answer withdraw(Http.Customer customer, String amount, String... headers) {
        var all = new ArrayList<>(List.of(customer.manage()));
        all.addAll(List.of(headers));
        return http.post(
                "/v1/account/withdrawals",
                "{\"amount\":\"%s\",\"destination\":\"CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L\"}"
                        .formatted(amount),
                all.toArray(String[]::new));
    }
}
