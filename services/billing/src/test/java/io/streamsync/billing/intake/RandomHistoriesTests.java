package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.billing.usage.UsageFolding;
import io.streamsync.protocol.fee.NotificationFee;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.verification.RaceStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Whatever routers do: the books balance, and a customer has what it deposited, less charges, plus refunds.
@BillingTest
class RandomHistoriesTests {

    private static final List<RaceStatus> VERDICTS = List.of(
            RaceStatus.CONFIRMED,
            RaceStatus.CONFIRMED,
            RaceStatus.UNVERIFIED,
            RaceStatus.INCONCLUSIVE,
            RaceStatus.DISPUTED,
            RaceStatus.CONTRADICTED,
            RaceStatus.NO_ANSWER);

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    StreamIntake intake;

    @Autowired
    UsageFolding folding;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void balance(long seed) {
        var history = new History(new Random(seed));
        var stakers = stakersMissing();

        for (var step = 0; step < 150; step++) {
            history.step();
        }
        history.end();

        assertThat(stakersMissing()).as("seed " + seed).isEqualTo(stakers);
        history.paid
                .keySet()
                .forEach(customer -> assertThat(jdbc.sql("""
                                select coalesce((select sum(charged) from subscription where account_id = :id), 0) =
                                    coalesce((select sum(charged) from usage_method
                                        where account_id = :id and method = 'accountSubscribe'), 0)""")
                                .param("id", customer.id())
                                .query(Boolean.class)
                                .single())
                        .as("what subscriptions cost adds up, seed " + seed)
                        .isTrue());
        history.paid.forEach((customer, paid) -> assertThat(
                        http.get("/v1/account", customer.ask()).text("balance"))
                .as("seed " + seed)
                .isEqualTo(Amount.decimal(History.DEPOSIT - paid)));
        assertThat(jdbc.sql("select asset, sum(amount) from ledger_entry group by asset having sum(amount) <> 0")
                        .query()
                        .listOfRows())
                .isEmpty();
        assertThat(jdbc.sql("""
                                select name from ledger_account a where balance <> coalesce(
                                    (select sum(amount) from ledger_entry e where e.account_id = a.id), 0)
                                  and name not like 'customer:_:%' and name not like 'operator:a:%'""").query(String.class).list())
                .as("but for those that tests of the rules write to by hand")
                .filteredOn(name -> !List.of("external:test", "protocol:insurance", "operator:external:stake")
                        .contains(name))
                .isEmpty();
        assertThat(jdbc.sql("""
                                select l.account_id from credit_lease l group by l.account_id
                                having sum(case when state = 'OPEN' then granted - posted else 0 end) <> (
                                    select balance from ledger_account a
                                    where a.name = 'customer:' || l.account_id || ':leased')""").query(String.class).list())
                .as("what is leased is what open leases have left")
                .isEmpty();
    }

    /// What the stakers' pool lacks by the reconciliation; other tests may have ended windows that no settlement knows.
    /// All else fits.
    private long stakersMissing() {
        var missing = 0L;
        for (var check : http.reconcile().json().path("checks")) {
            var name = check.path("check").asString();
            if (name.equals("stakers")) {
                missing = check.path("expected").asLong() - check.path("actual").asLong();
            } else if (List.of("entries", "deposits", "verifiers", "leased", "rollups")
                    .contains(name)) {
                assertThat(check.path("fits").asBoolean()).as(check.toString()).isTrue();
            }
        }
        return missing;
    }

    /// Routers that sell to customers at random; frames come twice, late and in part.
    private final class History {

        static final long DEPOSIT = Amount.NANO / 100;

        private final Random random;
        private final List<Selling> routers = new ArrayList<>();
        private final Map<Http.Customer, Long> paid = new LinkedHashMap<>();

        History(Random random) {
            this.random = random;
            for (var number = 0; number < 3; number++) {
                paid.put(http.customer("0.01"), 0L);
                routers.add(new Selling(market.router(), new HashMap<>(), new HashMap<>(), new ArrayList<>()));
            }
        }

        void step() {
            var router = routers.get(random.nextInt(routers.size()));
            var customer = List.copyOf(paid.keySet()).get(random.nextInt(paid.size()));
            switch (random.nextInt(11)) {
                case 0 -> close(router, customer);
                case 1 -> {
                    router.router()
                            .write(new StreamRecord.EpochEnded(
                                    router.router().now() / 300_000,
                                    router.router().now()));
                    post(router);
                }
                case 2 -> repeat(router);
                case 3, 4 -> subscription(router, customer);
                case 5 -> folding.foldAll();
                default -> race(router, customer);
            }
        }

        void end() {
            routers.forEach(selling -> {
                selling.router().end();
                post(selling);
            });
        }

        /// Opened at an ask, or some notifications of one that was: at most three times that ask.
        private void subscription(Selling selling, Http.Customer customer) {
            var router = selling.router();
            var lease = lease(selling, customer);
            var ask = random.nextLong(1, 3_000);
            var notifications = random.nextLong(1, 300);
            var fee = NotificationFee.NOTHING
                    .next(notifications, ask, Parameters.defaults())
                    .feeNano();
            if (Math.max(ask, fee) > lease.granted - lease.spent) {
                return;
            }
            var known = selling.subscriptions().get(customer);
            if (known == null || random.nextInt(3) == 0) {
                selling.subscriptions().put(customer, router.subscribed(lease, ask));
                paid.merge(customer, ask, Long::sum);
            } else {
                router.notified(lease, known, 1 + random.nextInt(4), ask, notifications, fee);
                paid.merge(customer, fee, Long::sum);
            }
        }

        private Market.TestLease lease(Selling selling, Http.Customer customer) {
            return selling.leases()
                    .computeIfAbsent(customer, someone -> selling.router().lease(someone, random.nextLong(50, 20_000)));
        }

        private void race(Selling selling, Http.Customer customer) {
            var router = selling.router();
            var lease = lease(selling, customer);
            var price = random.nextLong(1, 9_000);
            if (price > lease.granted - lease.spent) {
                router.unanswered(lease);
            } else if (random.nextInt(6) == 0) {
                var race = router.late(lease, price);
                router.verified(race, 0, RaceStatus.CONTRADICTED);
            } else {
                charged(router, lease, price);
            }
        }

        private void charged(Market.Router router, Market.TestLease lease, long price) {
            var race = router.charged(lease, price);
            paid.merge(lease.customer, price, Long::sum);
            if (random.nextInt(10) == 0) {
                return; // the verdict was lost with the router
            }
            var status = VERDICTS.get(random.nextInt(VERDICTS.size()));
            router.verified(race, price, status);
            if (status == RaceStatus.CONTRADICTED || status == RaceStatus.NO_ANSWER) {
                paid.merge(lease.customer, -price, Long::sum);
            }
        }

        private void close(Selling selling, Http.Customer customer) {
            var lease = selling.leases().remove(customer);
            if (lease != null) {
                selling.router().close(lease);
                post(selling); // billing gives one lease at a time
            }
        }

        /// A frame is never empty.
        private void post(Selling selling) {
            var router = selling.router();
            var frame = router.frame();
            selling.sent().add(frame);
            assertThat(take(router, frame)).isInstanceOf(Taken.Posted.class);
        }

        private void repeat(Selling selling) {
            var frames = selling.sent();
            if (!frames.isEmpty()) {
                var from = random.nextInt(frames.size());
                take(selling.router(), frames.subList(from, frames.size()).toArray(Frame[]::new));
            }
        }

        private Taken take(Market.Router router, Frame... frames) {
            var received = new ArrayList<ReceivedFrame>();
            for (var frame : frames) {
                received.add(ReceivedFrame.decode(received.size(), frame.encode()));
            }
            return intake.take(new StreamId(router.id, router.incarnation), received);
        }
    }

    private record Selling(
            Market.Router router,
            Map<Http.Customer, Market.TestLease> leases,
            Map<Http.Customer, String> subscriptions,
            List<Frame> sent) {}
}
