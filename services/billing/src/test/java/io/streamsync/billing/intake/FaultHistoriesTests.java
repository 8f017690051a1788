package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.credit.LostRouters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Histories of two routers and a billing under random faults, on the real rules of the database: routers are
/// killed and send their journals again, frames come twice and out of order, grants get lost, billing dies
/// around its commit or wakes up when another one has gone ahead, routers are taken for gone and come back with
/// their journals, credit goes back while its lease goes on, epochs end before verdicts are there. What customers
/// were told is what the books say, every time.
@BillingTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultHistoriesTests {

    private static final int HISTORIES = Integer.getInteger("streamsync.test.histories", 200);
    private static final int STEPS = 24;
    private static final long DEPOSIT = 10_000_000;

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    StreamIntake intake;

    @Autowired
    IntakeLog log;

    @Autowired
    LostRouters lost;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private long stakersMissing;

    @BeforeAll
    void reconcileBefore() {
        stakersMissing = http.stakersMissing();
    }

    @AfterAll
    void reconcileAfter() {
        assertThat(http.stakersMissing())
                .as("what the stakers' pool lacks since these histories")
                .isEqualTo(stakersMissing);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, HISTORIES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void sayWhatCustomersWereTold(long seed) {
        var history = new History(new Random(seed));

        IntStream.range(0, STEPS).forEach(_ -> history.step());
        history.end();

        history.told.forEach((customer, told) -> check(customer, told));
        assertThat(history.routers)
                .allSatisfy(
                        router -> assertThat(one("select sum(unverified) from stream where router = ?", router.id()))
                                .as("verifiers' shares of streams that have ended")
                                .isZero());
        assertThat(jdbc.sql("select asset from ledger_entry group by asset having sum(amount) <> 0")
                        .query(String.class)
                        .list())
                .as("an asset whose entries do not sum to zero")
                .isEmpty();
    }

    private void check(Http.Customer customer, Told told) {
        assertThat(balance(customer, "available")).as("available").isEqualTo(DEPOSIT - told.paid);
        assertThat(balance(customer, "leased")).as("leased").isZero();
        assertThat(one("select count(*) from refund where account_id = ?", customer.id()))
                .as("refunds")
                .isEqualTo(told.refunds);
        assertThat(one(
                        "select count(*) from credit_lease where account_id = ? and (state = 'OPEN' or posted > granted)",
                        customer.id()))
                .as("leases that are open, or spent beyond what was granted")
                .isZero();
        assertThat(one("select coalesce(sum(posted), 0) from credit_lease where account_id = ?", customer.id()))
                .as("what leases paid, before reversals")
                .isEqualTo(told.charged);
        assertThat(one("select coalesce(sum(fee), 0) from insured_charge where account_id = ?", customer.id()))
                .as("what the insurance paid")
                .isEqualTo(told.insured);
        for (var kind : List.of("available", "leased")) {
            assertThat(one("""
                            select coalesce(sum(amount), 0) from ledger_entry e join ledger_account a on a.id = e.account_id
                            where a.name = ?""", "customer:" + customer.id() + ":" + kind))
                    .as("entries of " + kind)
                    .isEqualTo(balance(customer, kind));
        }
    }

    private long balance(Http.Customer customer, String kind) {
        return one(
                "select coalesce(max(balance), 0) from ledger_account where name = ?",
                "customer:" + customer.id() + ":" + kind);
    }

    private long one(String sql, Object parameter) {
        return jdbc.sql(sql).param(parameter).query(Long.class).single();
    }

    /// What happens, and what customers were told of it.
    private final class History implements SimulatedRouter.ClientLogs {

        private final Random random;
        private final Map<Http.Customer, Told> told = new LinkedHashMap<>();
        private final SimulatedConsumers kafka;
        private final List<SimulatedRouter> routers;

        History(Random random) {
            this.random = random;
            kafka = new SimulatedConsumers(random, intake, log, transaction);
            routers = IntStream.range(0, 2)
                    .mapToObj(_ -> new SimulatedRouter(random, market, kafka, lost, this))
                    .toList();
            told.put(http.customer("0.01"), new Told());
            told.put(http.customer("0.01"), new Told());
        }

        void step() {
            var router = routers.get(random.nextInt(routers.size()));
            var customer = List.copyOf(told.keySet()).get(random.nextInt(told.size()));
            switch (random.nextInt(20)) {
                case 0 -> router.kill();
                case 1 -> router.lose();
                case 2 -> router.close(customer);
                case 3 -> router.handBack(customer);
                case 4 -> router.mark();
                case 5, 6 -> router.sellNotifications(customer);
                case 7, 8, 9 -> router.send();
                case 10, 11, 12 -> kafka.takeSome();
                default -> router.sell(customer);
            }
        }

        void end() {
            routers.forEach(SimulatedRouter::end);
            kafka.takeAll();
        }

        @Override
        public void charged(Http.Customer customer, long nano) {
            told(customer).paid += nano;
            told(customer).charged += Math.max(0, nano);
        }

        @Override
        public void refunded(Http.Customer customer) {
            told(customer).refunds++;
        }

        @Override
        public void insured(String account, long nano) {
            var told = told(account);
            told.paid -= nano;
            told.insured += nano;
        }

        @Override
        public void notRefunded(String account, long nano) {
            var told = told(account);
            told.paid += nano;
            told.refunds--;
        }

        private Told told(String account) {
            return told.entrySet().stream()
                    .filter(told -> told.getKey().id().equals(account))
                    .map(Map.Entry::getValue)
                    .findAny()
                    .orElseThrow();
        }

        private Told told(Http.Customer customer) {
            return told.computeIfAbsent(customer, _ -> new Told());
        }
    }

    private static final class Told {
        private long paid;
        private long charged;
        private long insured;
        private long refunds;
    }
}
