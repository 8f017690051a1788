package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.protocol.money.Asset;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/// Published roots are those of the frames.
@BillingTest
@Import(Windows.class)
class RootReconciliationTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Windows windows;

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Test
    void rebuildsTheRootOfEachSealedWindowOnce() {
        var router = market.router();
        windows.age(router);
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.verified(router.charged(lease, 4_000), 4_000, RaceStatus.CONFIRMED);
        windows.mark(router);
        windows.post(router);
        var sealed = windows.seal();
        assertThat(sealed.header().leafCount()).isGreaterThanOrEqualTo(3);
        await().until(() -> root().path("expected").asInt() == 0); // also windows of other tests

        jdbc.sql("delete from reconciled_settlement where place = (select max(place) from settlement)")
                .update();
        assertThat(root().path("fits").asBoolean()).isTrue();
        jdbc.sql("update archive_frame set router = 65534 where router = ?")
                .param(router.id)
                .update();
        jdbc.sql("delete from reconciled_settlement where place = (select max(place) from settlement)")
                .update();
        var found = root();
        jdbc.sql("update archive_frame set router = ? where router = 65534")
                .param(router.id)
                .update();

        assertThat(found.path("fits").asBoolean()).isFalse();
        assertThat(found.path("detail").asString())
                .contains("epoch " + sealed.header().epoch() + " has the root")
                .contains("published is " + sealed.header().root());
        assertThat(root().path("fits").asBoolean()).as("looked at again").isTrue();
        router.end(); // nobody waits for its marks
        windows.post(router);
    }

    /// More windows than are looked at in one run.
    @Test
    void looksAtNewWindowsHoweverManyDidNotFit() {
        var router = market.router();
        windows.age(router);
        var lease = router.lease(http.customer("1"), 1_000_000);
        var first = windows.open();
        for (var epoch = first; epoch < first + 14; epoch++) {
            router.charged(lease, 4_000);
            windows.mark(router, epoch);
        }
        router.end();
        windows.post(router);
        while (windows.open() <= first + 14) { // the last one has the end
            windows.seal();
        }
        await().until(() -> root().path("expected").asInt() == 0);

        move(router.id, 65533);
        try {
            jdbc.sql("delete from reconciled_settlement where place > (select max(place) - 15 from settlement)")
                    .update();
            await().until(() -> counts(root()).equals("15 0"));
            assertThat(counts(root()))
                    .as("also those that are not looked at again")
                    .isEqualTo("15 0");

            var sealed = windows.seal();
            await().until(() -> {
                root();
                return fitted(sealed.place());
            });
            assertThat(counts(root())).isEqualTo("15 0");
        } finally {
            move(65533, router.id);
        }

        await().until(() -> counts(root()).equals("0 0"));
    }

    private boolean fitted(long place) {
        return jdbc.sql("select exists (select from reconciled_settlement where place = ? and fits)")
                .param(place)
                .query(Boolean.class)
                .single();
    }

    private static String counts(JsonNode root) {
        return root.path("expected").asString() + " " + root.path("actual").asString();
    }

    @Test
    void holdsWhatWasPaidAgainstTheStakesThatWereSigned() {
        var router = market.router();
        windows.age(router);
        var operator = router.operator(7);
        transaction.executeWithoutResult(_ -> ledger.post(new Batch(
                "test/" + UUID.randomUUID(),
                Batch.Kind.STAKE,
                Instant.EPOCH,
                new Entries().move(Account.deposits(Asset.STRM), Account.stake(operator), 30_000_000_000_000L))));
        router.charged(router.lease(http.customer("1"), 1_000_000), 400_030);
        windows.mark(router);
        router.end();
        windows.post(router);
        var sealed = windows.seal();
        windows.seal(); // the stream to its end
        await().until(() -> root().path("expected").asInt() == 0);
        var change = "update ledger_entry set amount = amount %s where account_id = (select id from ledger_account "
                + "where name = 'operator:" + operator
                + ":held') and batch_id = (select id from ledger_batch where key = "
                + "'settlement/" + sealed.header().epoch() + "')";
        tamper(change.formatted("- 1"));
        jdbc.sql("delete from reconciled_settlement where place = ?")
                .param(sealed.place())
                .update();
        var found = root();
        tamper(change.formatted("+ 1"));

        assertThat(found.path("fits").asBoolean()).isFalse();
        assertThat(found.path("detail").asString())
                .isEqualTo("epoch " + sealed.header().epoch() + " gave operator:" + operator
                        + ":held -1 more than by its stakes");
        assertThat(root().path("fits").asBoolean()).isTrue();
    }

    private void tamper(String statement) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("set local session_replication_role = replica").update();
            assertThat(jdbc.sql(statement).update()).isOne();
        });
    }

    private void move(int from, int to) {
        jdbc.sql("update archive_frame set router = ? where router = ?")
                .params(to, from)
                .update();
    }

    private JsonNode root() {
        for (var check : http.reconcile().json().path("checks")) {
            if (check.path("check").asString().equals("root")) {
                return check;
            }
        }
        throw new AssertionError("no such check");
    }
}
