package io.streamsync.billing.rail;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.rail.Standing.Outcome;
import io.streamsync.billing.rail.Transfer.Kind;
import io.streamsync.billing.rail.Transfer.Status;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// Whatever the order of wishes, crashes, answers and reports: money is conserved, and a transfer is carried
/// out once or given back once, as its rail decided.
@BillingTest
class TransferHistoriesTests {

    private static final int HISTORIES = Integer.getInteger("streamsync.test.histories", 40);
    private static final long DEPOSIT = 10 * Amount.NANO;
    private static final long EARNED = 4 * Amount.NANO;
    private static final List<Destination> DESTINATIONS = List.of(
            new Destination("CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L"),
            new Destination("SysvarC1ock11111111111111111111111111111111"));

    @Autowired
    Http http;

    @Autowired
    Transfers transfers;

    @Autowired
    TransferRows rows;

    @Autowired
    RailFunds funds;

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void endWithEachTransferCarriedOutOrGivenBackOnce() {
        for (var seed = 1; seed <= HISTORIES; seed++) {
            var history = new History(seed);
            for (var step = 0; step < 40; step++) {
                history.step();
            }
            history.end();
        }
    }

    private final class History {

        private final String name;
        private final Random random;
        private final ScriptedRail rail;
        private final Carrier carrier;
        private final CustomerId customer;
        private final OperatorId operator;
        private final List<String> asked = new ArrayList<>();

        /// What the worker has taken up; a crash forgets it.
        private final List<Transfer> inHand = new ArrayList<>();

        private Duration ahead = Duration.ZERO;
        private long taken;

        History(long seed) {
            name = "seed " + seed;
            random = new Random(seed);
            rail = new ScriptedRail("scripted-" + seed + "-" + UUID.randomUUID(), random);
            carrier = new Carrier(
                    rows,
                    new TransferRails(List.of(rail)),
                    transfers,
                    new TransferLog(),
                    new RailProperties(Duration.ofMinutes(5)),
                    this::now);
            customer = new CustomerId(http.customer("0").id());
            operator = new OperatorId("op-" + UUID.randomUUID());
            transaction.executeWithoutResult(_ -> bringIn());
        }

        private Instant now() {
            return Instant.now().plus(ahead);
        }

        /// What came in by this rail, and what of it the operator earned.
        private void bringIn() {
            var available = Account.available(customer);
            var entries = new Entries()
                    .move(new Account("external:test", Asset.USDC), available, DEPOSIT)
                    .move(available, Account.payable(operator), EARNED);
            ledger.post(new Batch("history/" + rail.name(), Batch.Kind.DEPOSIT, Instant.now(), entries));
            funds.cameIn(rail.name(), customer, DEPOSIT);
        }

        void step() {
            switch (random.nextInt(16)) {
                case 0, 1 -> made(transfers.withdraw(customer, amount(), rail.name(), destination(), wait(random)));
                case 2 -> made(transfers.payOut(operator, amount(), rail.name(), destination()));
                case 3 -> cancel();
                case 15 -> verdict();
                case 4 -> inHand.clear(); // kill -9 between claim and settlement
                case 5, 6 -> ahead = ahead.plusSeconds(random.nextInt(600));
                case 7, 8 -> inHand.addAll(carrier.claim(rail.name(), 1 + random.nextInt(5)));
                case 9, 10, 11, 12 -> carryOne();
                default -> report();
            }
            if (random.nextInt(4) == 0) {
                check();
            }
        }

        /// Takes from earnings, which may have been paid out by then.
        private void verdict() {
            var nano = 1 + random.nextLong(Amount.NANO);
            taken += nano;
            transaction.executeWithoutResult(_ -> ledger.post(new Batch(
                    "verdict/" + UUID.randomUUID(),
                    Batch.Kind.RACES,
                    Instant.now(),
                    new Entries().move(Account.payable(operator), Account.INSURANCE, nano))));
        }

        private void made(Reservation reservation) {
            if (reservation instanceof Reservation.Made(var transfer)) {
                asked.add(transfer.id());
            }
        }

        private void cancel() {
            withdrawal().ifPresent(id -> transfers.cancel(customer, id));
        }

        private Optional<String> withdrawal() {
            var ids = asked.stream().filter(id -> id.startsWith("wd_")).toList();
            return ids.isEmpty() ? Optional.empty() : Optional.of(any(ids));
        }

        private void carryOne() {
            if (inHand.isEmpty()) {
                return;
            }
            var transfer = inHand.remove(random.nextInt(inHand.size()));
            if (random.nextInt(4) == 0) {
                // killed in the very transaction that settles it
                transaction.executeWithoutResult(status -> {
                    carrier.carry(transfer);
                    status.setRollbackOnly();
                });
            } else {
                carrier.carry(transfer);
            }
        }

        /// The rail calls back, before or after anybody asked, once or again; or says the opposite of what was settled.
        private void report() {
            var decided =
                    asked.stream().filter(id -> rail.reported(id).isPresent()).toList();
            if (decided.isEmpty()) {
                return;
            }
            var id = any(decided);
            rail.reported(id).ifPresent(outcome -> {
                for (var times = 0; times <= random.nextInt(3); times++) {
                    transfers.settled(id, outcome);
                }
                transfers.settled(id, opposite(outcome));
                assertThat(isContradicted(id)).as(name + " " + id).isTrue();
            });
        }

        private boolean isContradicted(String id) {
            return jdbc.sql("select contradiction is not null from transfer where id = ?")
                    .param(id)
                    .query(Boolean.class)
                    .single();
        }

        private static Outcome opposite(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Paid _ -> new Outcome.Failed("never mind");
                case Outcome.Failed _ -> new Outcome.Paid("yet paid");
            };
        }

        void end() {
            rail.calmDown();
            inHand.clear();
            do {
                ahead = ahead.plus(Duration.ofHours(1));
                carrier.claim(rail.name(), 1_000).forEach(carrier::carry);
            } while (sum(Status.WAITING) + sum(Status.PENDING) > 0);
            check();
            assertThat(balance(Account.withdrawing(customer))).as(name).isZero();
            assertThat(balance(Account.paying(operator))).as(name).isZero();
            for (var id : asked) {
                var status = transfer(id).status();
                var outcome = rail.reported(id);
                assertThat(status)
                        .as(name + " " + id)
                        .isEqualTo(outcome.map(decided -> decided instanceof Outcome.Paid ? Status.PAID : Status.FAILED)
                                .orElse(Status.CANCELLED));
            }
            assertThat(sum(Status.PAID)).as(name).isEqualTo(rail.paidNano());
            assertThat(funds.ofAll().get(rail.name())).as(name).isEqualTo(DEPOSIT - rail.paidNano());
        }

        /// At any moment.
        private void check() {
            var paidOut = transfers.paidOut(operator);
            var withdrawn = sum(Status.PAID) - paidOut;
            assertThat(balance(Account.available(customer)) + balance(Account.withdrawing(customer)))
                    .as(name)
                    .isEqualTo(DEPOSIT - EARNED - withdrawn);
            assertThat(balance(Account.payable(operator)) + balance(Account.paying(operator)))
                    .as(name)
                    .isEqualTo(EARNED - taken - paidOut);
            assertThat(balance(Account.withdrawing(customer)) + balance(Account.paying(operator)))
                    .as(name)
                    .isEqualTo(sum(Status.WAITING) + sum(Status.PENDING));
            assertThat(jdbc.sql("select coalesce(sum(amount), 0)::bigint from statement_entry where account_id = ?")
                            .param(customer.value())
                            .query(Long.class)
                            .single())
                    .as(name)
                    .isEqualTo(balance(Account.available(customer)) - (DEPOSIT - EARNED));
        }

        private long balance(Account account) {
            return ledger.balance(account);
        }

        private Transfer transfer(String id) {
            return rows.find(Kind.WITHDRAWAL, customer.value(), id)
                    .or(() -> rows.find(Kind.PAYOUT, operator.value(), id))
                    .orElseThrow();
        }

        private long sum(Status status) {
            return jdbc.sql("select coalesce(sum(amount), 0)::bigint from transfer where rail = ? and status = ?")
                    .params(rail.name(), status.name())
                    .query(Long.class)
                    .single();
        }

        private Amount amount() {
            return Amount.usdc(1 + random.nextLong(3 * Amount.NANO));
        }

        private Destination destination() {
            return any(DESTINATIONS);
        }

        private static Duration wait(Random random) {
            return random.nextBoolean() ? Duration.ZERO : Duration.ofMinutes(5);
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
