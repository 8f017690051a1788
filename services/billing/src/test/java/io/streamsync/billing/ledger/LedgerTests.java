package io.streamsync.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Asset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

@BillingTest
class LedgerTests {

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    /// No deposit says where it comes from.
    private static final Account OUTSIDE = new Account("external:test", Asset.USDC);

    private final CustomerId customer = new CustomerId("ledger-" + UUID.randomUUID());
    private final Account available = Account.available(customer);
    private final Account leased = Account.leased(customer);

    @Test
    void booksABatchOnce() {
        var batch = batch("once", new Entries().move(OUTSIDE, available, 70));

        assertThat(post(batch)).isTrue();
        assertThat(post(batch)).isFalse();
        assertThat(ledger.balance(available)).isEqualTo(70);
    }

    @Test
    void netsWhatMovesThereAndBack() {
        post(batch("in", new Entries().move(OUTSIDE, available, 70)));

        post(batch("net", new Entries().move(available, leased, 30).move(leased, available, 30)));

        assertThat(entries(available)).containsExactly(70L);
    }

    @Test
    void bringsNobodyBelowZero() {
        var batch = batch("poor", new Entries().move(available, leased, 1));

        assertThatThrownBy(() -> post(batch)).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(ledger.balance(leased)).isZero();
    }

    @Test
    void neverMixesAssets() {
        var entries = new Entries();

        assertThatThrownBy(() -> entries.move(Account.deposits(Asset.STRM), available, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void movesMoneyForwardsOnly() {
        var entries = new Entries();

        assertThatThrownBy(() -> entries.move(Account.deposits(Asset.USDC), available, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("forwards");
        assertThat(entries.accounts()).isEmpty();
    }

    @Test
    void refusesMoreThanABalanceCanHold() {
        post(batch("much", new Entries().move(Account.payable(operator()), available, Long.MAX_VALUE)));
        var more = batch("more", new Entries().move(Account.payable(operator()), available, 1));

        assertThatThrownBy(() -> post(more)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void postsOnlyWithinATransaction() {
        var batch = batch("outside", new Entries());

        assertThatThrownBy(() -> ledger.post(batch)).isInstanceOf(IllegalTransactionStateException.class);
    }

    @Test
    void postsFromManyThreadsWithoutDeadlockOrLoss() throws Exception {
        var accounts = new ArrayList<Account>();
        for (var number = 0; number < 12; number++) {
            accounts.add(Account.payable(new OperatorId("op" + number + "-" + UUID.randomUUID())));
        }
        var tasks = new ArrayList<Callable<Boolean>>();
        for (var seed = 0; seed < 120; seed++) {
            var random = new Random(seed);
            var entries = new Entries();
            for (var move = 0; move < 6; move++) {
                entries.move(
                        accounts.get(random.nextInt(12)), accounts.get(random.nextInt(12)), random.nextInt(1, 100));
            }
            var batch = batch("parallel-" + seed, entries);
            tasks.add(() -> post(batch));
        }

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var posted : threads.invokeAll(tasks)) {
                assertThat(posted.get()).isTrue();
            }
        }

        var sum = accounts.stream().mapToLong(ledger::balance).sum();
        assertThat(sum).isZero();
        for (var account : accounts) {
            assertThat(ledger.balance(account))
                    .isEqualTo(
                            entries(account).stream().mapToLong(Long::longValue).sum());
        }
    }

    private static OperatorId operator() {
        return new OperatorId("op-" + UUID.randomUUID());
    }

    private Batch batch(String name, Entries entries) {
        return new Batch(name + "/" + customer, Batch.Kind.DEPOSIT, Instant.now(), entries);
    }

    private boolean post(Batch batch) {
        return Boolean.TRUE.equals(
                transaction.execute(status -> ledger.post(batch).isPresent()));
    }

    private List<Long> entries(Account account) {
        return jdbc.sql("""
                        select e.amount from ledger_entry e join ledger_account a on a.id = e.account_id
                        where a.name = ? order by batch_id""")
                .param(account.name())
                .query((row, number) -> row.getLong("amount"))
                .list();
    }
}
