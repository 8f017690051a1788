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
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Several routers sell to one customer until nothing is left: over HTTP and Kafka, as they do.
@BillingTest
class TwoRoutersTests {

    private static final long DEPOSIT = 2_000_000;

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void forgetTheRoutersOfOtherTests() {
        jdbc.sql("update stream_router set seen_at = seen_at - interval '1 hour'")
                .update();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void neverSpendMoreThanTheCustomerHas(int routers) throws Exception {
        var customer = http.customer(Amount.decimal(DEPOSIT));
        var sellers = IntStream.range(0, routers)
                .mapToObj(number -> new Seller(customer, market.router(), new Random(number)))
                .toList();

        var spent = 0L;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(sellers)) {
                spent += done.get();
            }
        }

        var left = DEPOSIT - spent;
        assertThat(left).isBetween(0L, DEPOSIT / 2);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                http.get("/v1/account", customer.ask()).body())
                        .startsWith("{\"accountId\":\"%s\",\"balance\":\"%s\",\"available\":\"%s\",\"reserved\":\"0\""
                                .formatted(customer.id(), Amount.decimal(left), Amount.decimal(left))));
        for (var seller : sellers) {
            assertThat(seller.overdrafts()).isZero();
        }
        // what the last frames leave to be shared out is not for the tests that follow to see
        await().until(() -> sellers.stream().allMatch(Seller::isEnded));
    }

    /// A router that leases, spends what it has, closes now and then, and tells all of it.
    private final class Seller implements Callable<Long> {

        static final long DEAREST = 2_000;

        private final Http.Customer customer;
        private final Market.Router router;
        private final Random random;
        private final Set<UUID> closed = new HashSet<>();

        private Market.@Nullable TestLease lease;
        private long granted;
        private long total;
        private boolean written;

        Seller(Http.Customer customer, Market.Router router, Random random) {
            this.customer = customer;
            this.router = router;
            this.random = random;
        }

        @Override
        public Long call() {
            while (leased()) {
                sell();
                if (random.nextInt(8) == 0) {
                    close();
                }
                send();
                if (lease == null) {
                    awaitClosed();
                }
            }
            close();
            router.end();
            written = true;
            send();
            return total;
        }

        private boolean leased() {
            var grant = router.grant(customer, lease == null ? null : lease.id, 100_000);
            if (!grant.path("outcome").asString().equals("GRANTED")) {
                return lease != null && granted - lease.spent >= DEAREST;
            }
            if (lease == null) {
                lease = router.lease(customer, 100_000);
            }
            granted = Long.parseLong(grant.path("granted").asString());
            return granted - lease.spent >= DEAREST;
        }

        private void sell() {
            var current = lease;
            if (current == null) {
                return;
            }
            for (var sold = 0; sold < 200; sold++) {
                var fee = 1 + random.nextLong(DEAREST);
                if (granted - current.spent < fee) {
                    return;
                }
                router.charged(current, fee);
                total += fee;
                written = true;
            }
        }

        private void close() {
            if (lease != null) {
                router.close(lease);
                closed.add(lease.id);
                lease = null;
                written = true;
            }
        }

        private void send() {
            if (!written) {
                return;
            }
            written = false;
            Broker.send(Topics.RACES, 4, router.key(), router.frame().encode());
        }

        /// Until billing has read of it, it would offer the closed lease again.
        private void awaitClosed() {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> jdbc.sql("select count(*) from credit_lease where id = any (?) and state = 'OPEN'")
                                    .param(closed.toArray(UUID[]::new))
                                    .query(Long.class)
                                    .single()
                            == 0);
        }

        boolean isEnded() {
            return jdbc.sql("select ended_at is not null from stream where router = ? and incarnation = ?")
                    .params(router.id, router.incarnation)
                    .query(Boolean.class)
                    .single();
        }

        long overdrafts() {
            return jdbc.sql(
                            "select count(*) from credit_lease where id = any (?) and (posted > granted or state = 'OPEN')")
                    .param(closed.toArray(UUID[]::new))
                    .query(Long.class)
                    .single();
        }
    }
}
