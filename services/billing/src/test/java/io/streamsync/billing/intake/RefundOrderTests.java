package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.protocol.money.Asset;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

/// A wrong answer's fee goes back whole and once, whatever has happened to its shares by then, and in whatever order.
@BillingTest
@Import(Posts.class)
class RefundOrderTests {

    private static final long FEE = 4_003;
    private static final long STAKERS = 400;

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Posts posts;

    @Autowired
    Ledger ledger;

    /// What may happen to a fee that was charged.
    enum Step {
        VERDICT,
        HOLD_OVER,
        PAYOUT,
        SHARED_OUT,
        LAPSE
    }

    /// The step that an order begins with.
    @ParameterizedTest
    @EnumSource(Step.class)
    void refundsOnceInAnyOrder(Step first) {
        for (var order : orders(first)) {
            var course = new Course(order);
            course.run();
            course.putBack();
        }
    }

    @Test
    void takesWhatTheInsuranceLacksFromTheTreasury() {
        var missing = 150 - ledger.balance(Account.INSURANCE);
        posts.move(
                missing < 0
                        ? new Entries().move(Account.INSURANCE, Account.TREASURY, -missing)
                        : new Entries().move(Account.TREASURY, Account.INSURANCE, missing));
        var before = posts.pools();

        var course = new Course(List.of(Step.SHARED_OUT, Step.VERDICT));
        course.run();

        assertThat(posts.change(before)).containsExactly(0L, 0L, -STAKERS + 150, -150L);
        course.putBack();
    }

    private static List<List<Step>> orders(Step first) {
        var orders = new ArrayList<List<Step>>();
        var rest = EnumSet.complementOf(EnumSet.of(first));
        extend(new ArrayList<>(List.of(first)), rest, orders);
        return orders;
    }

    private static void extend(List<Step> begun, Set<Step> rest, List<List<Step>> orders) {
        if (rest.isEmpty()) {
            orders.add(List.copyOf(begun));
        }
        for (var step : rest) {
            var left = EnumSet.copyOf(rest);
            left.remove(step);
            begun.add(step);
            extend(begun, left, orders);
            begun.removeLast();
        }
    }

    /// One race's way through its steps.
    private final class Course {

        private final List<Step> order;
        private final Market.Router router = market.router();
        private final Http.Customer customer = http.customer("1");
        private final Market.TestLease lease = router.lease(customer, 1_000_000);
        private final List<Long> before = posts.pools();
        private final List<Frame> sent = new ArrayList<>();
        private final long race;
        private final Instant answeredAt;
        private boolean judged;
        private long sharedOut;
        private long paidOut;

        Course(List<Step> order) {
            this.order = order;
            race = router.charged(lease, FEE);
            answeredAt = Instant.ofEpochMilli(router.now());
            post();
        }

        void run() {
            order.forEach(this::take);
            posts.take(router, sent.toArray(Frame[]::new));

            var id = new CustomerId(customer.id());
            assertThat(ledger.balance(Account.available(id)) + ledger.balance(Account.leased(id)))
                    .as("%s", order)
                    .isEqualTo(1_000_000_000);
            assertThat(texts("/v1/account/refunds", customer.ask(), "reason", "amount"))
                    .as("%s", order)
                    .containsExactly("WRONG_ANSWER 0.000004003");
            assertThat(texts("/v1/account/entries", customer.manage(), "kind", "amount"))
                    .as("%s", order)
                    .containsExactly("REFUND 0.000004003", "CHARGE -0.000004003", "DEPOSIT 1");
            assertThat(operators()).as("what it was paid, it owes: %s", order).isEqualTo(-paidOut);
            var change = posts.change(before);
            assertThat(change.getFirst()).as("%s", order).isZero();
            assertThat(change.get(1)).as("%s", order).isZero();
            assertThat(change.get(2) + change.get(3))
                    .as("who stands in for the stakers: %s", order)
                    .isEqualTo(-sharedOut);
        }

        private void take(Step step) {
            var operator = router.operator(1);
            switch (step) {
                case VERDICT -> {
                    router.verified(race, FEE, RaceStatus.CONTRADICTED);
                    post();
                    judged = true;
                    if (order.getLast() == Step.PAYOUT) {
                        router.close(lease);
                        post();
                    }
                }
                case HOLD_OVER ->
                    posts.move(new Entries()
                            .move(
                                    Account.held(operator),
                                    Account.payable(operator),
                                    ledger.balance(Account.held(operator))));
                case PAYOUT -> {
                    var payable = Math.max(0, ledger.balance(Account.payable(operator)));
                    paidOut += payable;
                    posts.move(new Entries().move(Account.payable(operator), Account.payouts(Asset.USDC), payable));
                }
                case SHARED_OUT -> endWindow(answeredAt.plusMillis(2));
                case LAPSE -> endWindow(answeredAt.plus(Duration.ofMinutes(5)).plusMillis(1));
            }
        }

        /// Whatever else a mark ends: what is in the stakers' pool at the end of a window is shared out.
        private void endWindow(Instant at) {
            mark(at);
            if (!judged && sharedOut == 0) {
                sharedOut = STAKERS;
                posts.move(new Entries().move(Account.STAKERS, Account.held(router.operator(9)), sharedOut));
            }
        }

        /// No settlement has shared it out.
        void putBack() {
            posts.move(new Entries().move(Account.held(router.operator(9)), Account.STAKERS, sharedOut));
        }

        private void mark(Instant at) {
            router.write(new StreamRecord.EpochEnded(at.getEpochSecond() / 300, at.toEpochMilli()));
            post();
        }

        private void post() {
            var frame = router.frame();
            sent.add(frame);
            assertThat(posts.take(router, frame)).as("%s", order).isInstanceOf(Taken.Posted.class);
        }

        private long operators() {
            return ledger.balance(Account.held(router.operator(1)))
                    + ledger.balance(Account.payable(router.operator(1)));
        }

        private List<String> texts(String path, String[] key, String first, String second) {
            var rows = new ArrayList<String>();
            http.get(path, key)
                    .json()
                    .path("items")
                    .forEach(item -> rows.add(item.path(first).asString() + " "
                            + item.path(second).asString()));
            return rows;
        }
    }
}
