package io.streamsync.billing.intake;

import static io.streamsync.protocol.verification.RaceStatus.CONFIRMED;
import static io.streamsync.protocol.verification.RaceStatus.CONTRADICTED;
import static io.streamsync.protocol.verification.RaceStatus.DISPUTED;
import static io.streamsync.protocol.verification.RaceStatus.INCONCLUSIVE;
import static io.streamsync.protocol.verification.RaceStatus.NO_ANSWER;
import static io.streamsync.protocol.verification.RaceStatus.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.money.Asset;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// What records come to in the books, from frame to account.
@BillingTest
class PostingTests {

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

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void sharesAFeeOut() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var before = pools();

        router.charged(lease, 4_001);
        post(router);

        assertThat(ledger.balance(leased(customer))).isEqualTo(lease.granted - 4_001);
        assertThat(held(router, 1)).isEqualTo(2_000);
        assertThat(change(before)).containsExactly(800L, 400L, 801L, 0L);
    }

    @Test
    void paysCheckersThatAgreeEqually() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var before = pools();

        var race = router.charged(lease, 4_005);
        router.verified(race, 4_005, CONFIRMED);
        post(router);

        assertThat(held(router, 1)).isEqualTo(2_002);
        assertThat(held(router, 3)).isEqualTo(400);
        assertThat(held(router, 4)).isEqualTo(400);
        assertThat(change(before))
                .as("801 for two verifiers leaves 1 to the treasury")
                .containsExactly(0L, 400L, 803L, 0L);
    }

    @Test
    void paysOneCheckerAlone() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);

        var race = router.charged(lease, 4_000);
        router.verified(
                race, 4_000, CONFIRMED, List.of(Verdict.WINS, Verdict.AGREES, Verdict.UNJUDGED, Verdict.AGREES));
        post(router);

        assertThat(held(router, 2)).as("a racer does not vote").isZero();
        assertThat(held(router, 3)).isZero();
        assertThat(held(router, 4)).isEqualTo(800);
    }

    @ParameterizedTest
    @EnumSource(
            value = RaceStatus.class,
            names = {"UNVERIFIED", "INCONCLUSIVE", "DISPUTED"})
    void insuresWithAShareThatNobodyEarned(RaceStatus status) {
        assertThat(List.of(UNVERIFIED, INCONCLUSIVE, DISPUTED)).contains(status);
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var before = pools();

        var race = router.charged(lease, 4_000);
        router.verified(race, 4_000, status);
        post(router);

        assertThat(change(before)).containsExactly(0L, 400L, 800L, 800L);
    }

    @Test
    void givesAWronglyAnsweredRacesWholeFeeBack() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var before = pools();

        var race = router.charged(lease, 4_003);
        post(router);
        router.verified(race, 4_003, CONTRADICTED);
        post(router);

        assertThat(held(router, 1)).isZero();
        assertThat(change(before)).containsOnly(0L);
        assertThat(ledger.balance(available(customer)) + ledger.balance(leased(customer)))
                .isEqualTo(1_000_000_000);
        assertThat(refunds(customer)).containsExactly("WRONG_ANSWER 0.000004003");
        assertThat(entries(customer))
                .containsExactly("REFUND 0.000004003 1", "CHARGE -0.000004003 0.999995997", "DEPOSIT 1 1");
    }

    @Test
    void reversesARaceOfTheSameBatch() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var before = pools();

        var wrong = router.charged(lease, 4_003);
        router.charged(lease, 1_000);
        router.verified(wrong, 4_003, CONTRADICTED);
        post(router);

        assertThat(held(router, 1)).isEqualTo(500);
        assertThat(change(before)).containsExactly(200L, 100L, 200L, 0L);
        assertThat(entries(customer))
                .containsExactly("REFUND 0.000004003 0.999999", "CHARGE -0.000005003 0.999994997", "DEPOSIT 1 1");
    }

    @Test
    void refundsAnAnswerThatBrokeOff() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);

        var race = router.charged(lease, 5_000);
        router.verified(race, 5_000, NO_ANSWER);
        post(router);

        assertThat(refunds(customer)).containsExactly("NO_ANSWER 0.000005");
        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("1");
    }

    @Test
    void letsTheOperatorOweWhatItWasPaidOutAlready() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var race = router.charged(lease, 4_000);
        post(router);
        var operator = router.operator(1);
        move(new Entries().move(Account.held(operator), Account.payable(operator), 1_500));
        move(new Entries().move(Account.payable(operator), Account.payouts(Asset.USDC), 1_500));

        router.verified(race, 4_000, CONTRADICTED);
        post(router);

        assertThat(ledger.balance(Account.held(operator))).isZero();
        assertThat(ledger.balance(Account.payable(operator))).isEqualTo(-1_500);
        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("1");
    }

    @Test
    void insuresWhatTheStakersHaveAlready() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var race = router.charged(lease, 4_000);
        post(router);
        var stakers = ledger.balance(Account.STAKERS);
        var insurance = Math.max(0, ledger.balance(Account.INSURANCE));
        move(new Entries().move(Account.STAKERS, Account.held(router.operator(2)), stakers));
        move(new Entries().move(Account.INSURANCE, Account.TREASURY, insurance));
        move(new Entries().move(Account.TREASURY, Account.INSURANCE, 150));
        var before = pools();

        router.verified(race, 4_000, CONTRADICTED);
        post(router);

        assertThat(change(before))
                .as("the treasury pays what the insurance lacks")
                .containsExactly(-800L, 0L, -800L - 250, -150L);
        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("1");
        // the shares of other tests' races
        move(new Entries().move(Account.held(router.operator(2)), Account.STAKERS, stakers - 400));
    }

    @Test
    void chargesNothingForALateAnswerAndListsTheAskThatWasSpared() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var before = pools();

        var race = router.late(lease, 7_000);
        router.verified(race, 0, CONTRADICTED);
        post(router);

        assertThat(ledger.balance(leased(customer))).isEqualTo(lease.granted);
        assertThat(change(before)).containsOnly(0L);
        assertThat(refunds(customer)).as("once, also when it was wrong").containsExactly("SLA_MISSED 0.000007");
        assertThat(entries(customer)).containsExactly("DEPOSIT 1 1");
        var account = http.get("/v1/account", customer.ask());
        assertThat(account.text("spentToday")).isEqualTo("0.000007");
        assertThat(account.text("refundedToday")).isEqualTo("0.000007");
    }

    @Test
    void listsARaceThatNobodyAnswered() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);

        var race = router.unanswered(lease);
        router.verified(race, 0, NO_ANSWER, List.of(Verdict.FAILED, Verdict.FAILED, Verdict.LATE, Verdict.LATE));
        post(router);

        assertThat(refunds(customer)).containsExactly("NO_ANSWER 0");
        assertThat(ledger.balance(leased(customer))).isEqualTo(lease.granted);
    }

    @Test
    void returnsTheRestOfAClosedLease() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);

        router.charged(lease, 4_000);
        router.close(lease);
        post(router);

        assertThat(ledger.balance(leased(customer))).isZero();
        assertThat(ledger.balance(available(customer))).isEqualTo(1_000_000_000 - 4_000);
        assertThat(router.grant(customer, lease.id, 10).path("outcome").asString())
                .isEqualTo("LEASE_CLOSED");
    }

    @Test
    void returnsAllLeasesOfAnEndedStreamAndInsuresItsOpenRaces() {
        var router = market.router();
        var one = http.customer("1");
        var two = http.customer("1");
        var lease = router.lease(one, 1_000_000);
        router.lease(two, 1_000_000);
        var before = pools();

        router.charged(lease, 4_000);
        router.end();
        post(router);

        assertThat(ledger.balance(leased(one)) + ledger.balance(leased(two))).isZero();
        assertThat(ledger.balance(available(one))).isEqualTo(1_000_000_000 - 4_000);
        assertThat(ledger.balance(available(two))).isEqualTo(1_000_000_000);
        assertThat(change(before)).containsExactly(0L, 400L, 800L, 800L);
        assertThat(http.internal("/internal/routers/" + router.id + "/incarnations", "{}")
                        .body())
                .isEqualTo("{\"incarnation\":2,\"unposted\":[]}");
    }

    @Test
    void paysALateChargeFromTheInsurance() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        router.close(lease);
        post(router);
        var before = pools();

        var race = router.charged(lease, 4_000);
        post(router);
        router.verified(race, 4_000, CONTRADICTED);
        post(router);

        assertThat(ledger.balance(available(customer))).isEqualTo(1_000_000_000);
        assertThat(held(router, 1)).as("nobody earns by a wrong answer").isZero();
        assertThat(change(before)).as("who paid has it back").containsOnly(0L);
        assertThat(refunds(customer)).isEmpty();
        assertThat(http.get("/v1/account", customer.ask()).text("spentToday"))
                .isEqualTo(http.get("/v1/account", customer.ask()).text("refundedToday"));
    }

    @Test
    void postsAFrameOnceHoweverOftenItComes() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        router.charged(lease, 4_000);
        var first = router.frame();
        router.charged(lease, 4_000);
        var second = router.frame();

        var posted = new Taken.Posted(2, null);
        assertThat(take(router, first, first, second, first)).isEqualTo(posted);
        assertThat(take(router, second)).isEqualTo(posted);
        assertThat(take(router, first, second)).isEqualTo(posted);

        assertThat(held(router, 1)).isEqualTo(4_000);
        assertThat(next(router)).isEqualTo(2);
    }

    @Test
    void postsOnceThoughTwoConsumersHoldThePartition() throws Exception {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var frames = new ArrayList<Frame>();
        for (var number = 0; number < 40; number++) {
            router.charged(lease, 1_000);
            frames.add(router.frame());
        }
        var consumers = new ArrayList<Callable<Taken>>();
        for (var consumer = 0; consumer < 4; consumer++) {
            consumers.add(() -> {
                Taken taken = new Taken.Posted(0, null);
                for (var frame : frames) {
                    taken = take(router, frame);
                }
                return taken;
            });
        }

        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var consumer : threads.invokeAll(consumers)) {
                assertThat(consumer.get()).isEqualTo(new Taken.Posted(40, null));
            }
        }

        assertThat(held(router, 1)).isEqualTo(40 * 500);
        assertThat(ledger.balance(leased(customer))).isEqualTo(lease.granted - 40_000);
    }

    @Test
    void waitsForMissingRecords() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 1_000);
        var first = router.frame();
        router.charged(lease, 1_000);
        var missing = router.frame();
        router.charged(lease, 1_000);
        var third = router.frame();

        var taken = take(router, first, third);

        assertThat(next(router)).isEqualTo(1);
        assertThat(taken.gap()).isEqualTo(new Gap(new StreamId(router.id, 1), 1, 1, 2));
        take(router, missing, third);
        assertThat(next(router)).isEqualTo(3);
        assertThat(held(router, 1)).isEqualTo(1_500);
    }

    @Test
    void startsAStreamNeverHeardOfAtItsBeginning() {
        var router = market.new Router(65_000, 7);

        router.write(new StreamRecord.EpochEnded(1, 1));
        post(router);

        assertThat(next(router)).isEqualTo(1);
    }

    @Test
    void stopsAtAChargeThatTheLeaseDoesNotAddUpTo() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        router.charged(lease, 1_000);
        var sound = router.frame();
        lease.spent += 1;
        router.charged(lease, 1_000);
        var broken = router.frame();
        router.charged(lease, 1_000);
        var behind = router.frame();

        var taken = take(router, sound, broken, behind);

        assertThat(taken).isInstanceOfSatisfying(Taken.Stopped.class, stopped -> {
            assertThat(stopped.offset()).isEqualTo(1);
            assertThat(stopped.broken()).isTrue();
            assertThat(stopped.reason()).contains("has spent 2000", "router says 2001");
        });
        assertThat(next(router)).as("what was sound is posted").isEqualTo(1);
        assertThat(ledger.balance(leased(customer))).isEqualTo(lease.granted - 1_000);
    }

    @Test
    void stopsAtWhatCannotBe() {
        var router = market.router();
        var customer = http.customer("1");
        var other = http.customer("1");
        var lease = router.lease(customer, 10_000);
        var others = router.lease(other, 10_000);
        var elsewhere = market.router().lease(http.customer("1"), 10_000);

        assertThat(refused(router, () -> router.charged(lease.copy(), lease.granted + 1)))
                .contains("overspent by 1");
        assertThat(refused(router, () -> router.charged(others.as(customer), 10)))
                .contains("not of the customer");
        assertThat(refused(router, () -> router.charged(lease.withId(UUID.randomUUID()), 10)))
                .contains("is not one of stream");
        assertThat(refused(router, () -> router.charged(elsewhere, 10)))
                .as("another router's lease")
                .contains("is not one of stream");
        assertThat(refused(router, () -> router.answered(lease, 0, 5, 7, null, null)))
                .contains("cannot be due");
        assertThat(refused(router, () -> router.verified(0, 5, CONFIRMED))).contains("was never charged for");
        assertThat(refused(router, () -> router.verified(0, -5, CONFIRMED))).contains("negative fee");
        assertThat(refused(router, () -> router.verified(router.charged(lease.copy(), 5), 5, RaceStatus.PENDING)))
                .contains("without a verdict");
        assertThat(refused(router, () -> router.verified(router.charged(lease.copy(), 5) + 1, 5, CONTRADICTED)))
                .contains("was never charged for");
        assertThat(refused(router, () -> router.verified(router.charged(lease.copy(), 5), 4, CONTRADICTED)))
                .contains("does not fit what was charged for it");
        assertThat(ledger.balance(leased(customer))).isEqualTo(10_000);
        assertThat(next(router)).isZero();
    }

    @Test
    void stopsAtASecondVerdictOfARace() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var race = router.charged(lease, 1_000);
        router.charged(lease, 1_000);
        router.verified(race, 1_000, CONFIRMED);
        post(router);

        assertThat(refused(router, () -> router.verified(race, 1_000, CONTRADICTED)))
                .contains("verified twice");
    }

    /// Two processes have written it then. Which of them is right nobody but a person can say: nothing is skipped.
    @Test
    void stopsAtARecordAfterTheEndOfItsStreamAndBooksNothingOfIt() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 10_000);
        var before = router.charged(lease, 1_000);
        router.end();
        var ended = router.frame();
        assertThat(take(router, ended)).isInstanceOf(Taken.Posted.class);
        var booked = ledger.balance(available(customer));

        for (var writes : List.<Runnable>of(
                () -> router.charged(lease.copy(), 10),
                () -> router.verified(before, 1_000, CONFIRMED),
                () -> router.close(lease.copy()),
                () -> router.write(new StreamRecord.EpochEnded(1, 1)),
                router::end)) {
            assertThat(refused(router, writes)).contains("a record after the end of stream");
        }

        assertThat(take(router, ended)).as("what comes twice").isInstanceOf(Taken.Posted.class);
        assertThat(next(router)).isEqualTo(2);
        assertThat(ledger.balance(available(customer))).isEqualTo(booked);
    }

    @Test
    void stopsAtParametersThatAreNotKnown() {
        var router = market.router();
        router.write(new StreamRecord.Verified(
                0, 1, "getBalance", QueryClass.LOOKUP, "1+ffffffff", CONFIRMED, 100, false, List.of()));

        assertThat(take(router, router.frame()))
                .isInstanceOfSatisfying(
                        Taken.Stopped.class,
                        stopped -> assertThat(stopped.reason()).contains("1+ffffffff"));
    }

    @Test
    void keepsUsageByHour() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        router.charged(lease, 4_000);
        router.late(lease, 3_000);
        router.unanswered(lease);
        router.verified(router.charged(lease, 2_000), 2_000, CONTRADICTED);
        post(router);

        var byMethod = http.get("/v1/account/usage?groupBy=method", customer.ask())
                .json()
                .path("items");
        var byOperator = http.get("/v1/account/usage?groupBy=operator", customer.ask())
                .json()
                .path("items");

        assertThat(byMethod.toString()).isEqualTo("""
                [{"key":"getBalance","queries":4,"charged":"0.000009","refunded":"0.000005","paid":"0.000004"}]""");
        assertThat(byOperator.toString()).isEqualTo("""
                [{"key":"%s","queries":3,"charged":"0.000009","refunded":"0.000005","paid":"0.000004"}]""".formatted(router.operator(1)));
        assertThat(jdbc.sql("select wins || ' ' || earned from usage_earned where operator_id = ?")
                        .param(router.operator(1).value())
                        .query(String.class)
                        .single())
                .isEqualTo("3 2000");
    }

    @Test
    void postsRecordsOfAnyDay() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        for (var day : List.of("1999-01-01T00:00:00Z", "2031-12-31T23:59:59.999Z")) {
            router.chargedAt(Instant.parse(day), lease, 1_000);
        }

        post(router);

        assertThat(next(router)).isEqualTo(2);
    }

    @Test
    void refundsARaceWhoseRouterSleptForDaysBeforeItsVerdict() {
        var router = market.router();
        var customer = http.customer("1");
        var lease = router.lease(customer, 1_000_000);
        var days = Instant.now().minus(Duration.ofDays(3));

        var race = router.chargedAt(days, lease, 4_000);
        post(router);
        router.verified(race, 4_000, CONTRADICTED);
        post(router);

        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("1");
    }

    @Test
    void givesNoStartTheNumberOfAStreamKnownFromItsRecords() {
        var forgotten = market.unknownRouter();
        forgotten.write(new StreamRecord.EpochEnded(1, 1));
        post(forgotten);

        var router = market.start(forgotten.id);

        assertThat(router.incarnation).isEqualTo(2);
        assertThat(next(router)).as("its first record is not taken for posted").isZero();
    }

    /// As after the books were restored from before its last starts.
    @Test
    void givesNoStartOfAKnownRouterTheNumberOfAStreamKnownFromItsRecords() {
        var known = market.router();
        var forgotten = market.new Router(known.id, known.incarnation + 4);
        forgotten.write(new StreamRecord.EpochEnded(1, 1));
        post(forgotten);

        var router = market.start(known.id);

        assertThat(router.incarnation).isEqualTo(known.incarnation + 5);
        assertThat(next(router)).isZero();
    }

    /// What the intake says to records that the stream then goes on without.
    private String refused(Market.Router router, Runnable writes) {
        writes.run();
        return take(router, router.withdrawnFrame()) instanceof Taken.Stopped stopped ? stopped.reason() : "posted";
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

    private void move(Entries entries) {
        transaction.executeWithoutResult(status ->
                ledger.post(new Batch("test/" + UUID.randomUUID(), Batch.Kind.RACES, Instant.now(), entries)));
    }

    private long next(Market.Router router) {
        return jdbc.sql("select next_position from stream where router = ? and incarnation = ?")
                .params(router.id, router.incarnation)
                .query(Long.class)
                .single();
    }

    private List<Long> pools() {
        return POOLS.stream().map(ledger::balance).toList();
    }

    private List<Long> change(List<Long> before) {
        var now = pools();
        return IntStream.range(0, now.size())
                .mapToObj(index -> now.get(index) - before.get(index))
                .toList();
    }

    private long held(Market.Router router, int operator) {
        return ledger.balance(Account.held(router.operator(operator)));
    }

    private static Account available(Http.Customer customer) {
        return Account.available(new CustomerId(customer.id()));
    }

    private static Account leased(Http.Customer customer) {
        return Account.leased(new CustomerId(customer.id()));
    }

    private List<String> refunds(Http.Customer customer) {
        return texts("/v1/account/refunds", customer.ask(), "reason", "amount");
    }

    private List<String> entries(Http.Customer customer) {
        return texts("/v1/account/entries", customer.manage(), "kind", "amount", "balanceAfter");
    }

    private List<String> texts(String path, String[] key, String... fields) {
        var rows = new ArrayList<String>();
        http.get(path, key).json().path("items").forEach(item -> {
            var values = new ArrayList<String>();
            for (var field : fields) {
                values.add(item.path(field).asString());
            }
            rows.add(String.join(" ", values));
        });
        return rows;
    }
}
