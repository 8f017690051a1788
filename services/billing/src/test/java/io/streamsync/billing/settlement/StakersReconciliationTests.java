package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.protocol.money.Asset;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.protocol.verification.RaceStatus;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/// The stakers' pool has what is still to be shared out, whatever was given back and sealed meanwhile.
@BillingTest
@Import(Windows.class)
class StakersReconciliationTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Windows windows;

    @Autowired
    Auditor auditor;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void holdWhatIsDueAcrossWindows() {
        windows.seal(); // what other tests' streams left behind, to their marks
        windows.seal(); // and to their ends
        var router = market.router();
        windows.age(router);
        bond(router);
        var lease = router.lease(http.customer("1"), 10_000_000);
        var before = http.stakersMissing();
        var sealedFirst = router.charged(lease, 40_030);
        var judgedBehindTheMark = router.charged(lease, 30_070);
        var judgedAtOnce = router.charged(lease, 20_050);
        router.verified(judgedAtOnce, 20_050, RaceStatus.CONTRADICTED);
        windows.post(router);
        assertThat(http.stakersMissing()).as("in the open window").isEqualTo(before);

        windows.mark(router);
        windows.post(router);
        router.verified(judgedBehindTheMark, 30_070, RaceStatus.CONTRADICTED);
        router.charged(lease, 10_010);
        windows.post(router);
        assertThat(http.stakersMissing())
                .as("given back before its window is sealed")
                .isEqualTo(before);

        assertThat(windows.seal().header().stakersShare()).isPositive();
        assertThat(http.stakersMissing()).as("sealed").isEqualTo(before);

        router.verified(sealedFirst, 40_030, RaceStatus.CONVICTED);
        var goesOn = router.charged(lease, 50_010);
        windows.mark(router);
        windows.post(router);
        assertThat(http.stakersMissing()).as("given back after it").isEqualTo(before);

        windows.seal();
        assertThat(http.stakersMissing()).as("sealed again").isEqualTo(before);

        router.verified(goesOn, 50_010, RaceStatus.NO_ANSWER);
        router.end();
        windows.post(router);
        assertThat(http.stakersMissing()).as("at the end").isEqualTo(before);
        windows.seal();
        assertThat(http.stakersMissing()).as("sealed to the end").isEqualTo(before);
    }

    @Test
    void holdWhatIsDueOfAStreamWhoseClockIsBehindAtItsStart() {
        windows.seal(); // what other tests' streams left behind, to their marks
        windows.seal(); // and to their ends
        var router = market.router();
        var lease = router.lease(http.customer("1"), 10_000_000);
        var before = http.stakersMissing();
        var wrong = router.charged(lease, 40_030);
        windows.mark(router, windows.open() - 2);
        windows.mark(router, windows.open() - 1);
        router.verified(wrong, 40_030, RaceStatus.CONTRADICTED);
        router.charged(lease, 50_010);
        windows.mark(router);
        windows.post(router);
        assertThat(http.stakersMissing()).as("in the open window").isEqualTo(before);

        var sealed = windows.seal();

        assertThat(sealed.header().ranges())
                .as("marks of windows that are sealed are just records")
                .contains(new StreamRange(router.id, router.incarnation, 0, 6));
        assertThat(sealed.header().sums().stakers()).isEqualTo(5_001);
        assertThat(http.stakersMissing()).as("sealed").isEqualTo(before);
        auditor.check(sealed);
    }

    /// The first was passed over, as the stream was given up: its windows end wherever it is.
    @Test
    void holdWhatIsDueWhenTheMarkOfAFarEpochComesASecondTime() {
        windows.seal(); // what other tests' streams left behind, to their marks
        windows.seal(); // and to their ends
        var router = market.router();
        var lease = router.lease(http.customer("1"), 10_000_000);
        var before = http.stakersMissing();
        var far = windows.open() + 1_000_000;
        router.charged(lease, 40_030);
        windows.mark(router, far);
        windows.post(router);
        jdbc.sql("update stream set closed_at = now() where router = ?")
                .param(router.id)
                .update();
        var marked = windows.seal();
        router.charged(lease, 10_010);
        windows.post(router);
        var cut = windows.seal();

        var wrong = router.charged(lease, 30_070);
        windows.mark(router, far);
        router.verified(wrong, 30_070, RaceStatus.CONTRADICTED);
        router.charged(lease, 50_010);
        windows.post(router);
        assertThat(http.stakersMissing()).as("in the open window").isEqualTo(before);
        var rest = windows.seal();

        assertThat(marked.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 0, 2));
        assertThat(cut.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 2, 3));
        assertThat(rest.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 3, 7));
        assertThat(rest.header().sums().stakers()).isEqualTo(5_001);
        assertThat(http.stakersMissing()).as("sealed").isEqualTo(before);
        auditor.check(rest);
    }

    @Test
    void holdWhatIsDueOfAStreamThatEndsWithTheMarksOfFarEpochs() {
        windows.seal(); // what other tests' streams left behind, to their marks
        windows.seal(); // and to their ends
        var router = market.router();
        var lease = router.lease(http.customer("1"), 10_000_000);
        var before = http.stakersMissing();
        var far = windows.open() + 1_000_000;
        router.charged(lease, 40_030);
        windows.mark(router, far);
        windows.post(router);
        windows.seal();
        var wrong = router.charged(lease, 30_070);
        windows.mark(router, far + 1);
        windows.post(router);
        router.verified(wrong, 30_070, RaceStatus.CONTRADICTED);
        router.end();
        windows.post(router);
        assertThat(http.stakersMissing())
                .as("given back behind the second mark")
                .isEqualTo(before);

        var marked = windows.seal();
        var rest = windows.seal();

        assertThat(http.stakersMissing()).as("sealed").isEqualTo(before);
        assertThat(marked.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 2, 4));
        assertThat(rest.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 4, 6));
        auditor.check(marked);
        auditor.check(rest);
    }

    /// Epochs of another length have other numbers: what was marked before may be behind the chain.
    @Test
    void holdWhatIsDueOfAStreamWhoseMarksHaveNumbersOfThePast() {
        windows.seal(); // what other tests' streams left behind, to their marks
        windows.seal(); // and to their ends
        var router = market.router();
        var lease = router.lease(http.customer("1"), 10_000_000);
        var before = http.stakersMissing();
        var wrong = router.charged(lease, 40_030);
        windows.mark(router, windows.open());
        windows.post(router);
        router.verified(wrong, 40_030, RaceStatus.CONTRADICTED);
        router.end();
        windows.post(router);
        jdbc.sql("update settlement_mark set epoch = 1 where router = ? and incarnation = ?")
                .params(router.id, router.incarnation)
                .update();

        var marked = windows.seal();
        var rest = windows.seal();

        assertThat(http.stakersMissing()).isEqualTo(before);
        assertThat(marked.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 0, 2));
        assertThat(rest.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 2, 4));
    }

    @Test
    void lackWhatSomethingElseTook() {
        var router = market.router();
        router.charged(router.lease(http.customer("1"), 1_000_000), 4_000);
        windows.post(router);
        var before = http.stakersMissing();

        post(new Entries().move(Account.STAKERS, Account.TREASURY, 7));
        assertThat(http.stakersMissing()).isEqualTo(before + 7);

        post(new Entries().move(Account.TREASURY, Account.STAKERS, 7));
        assertThat(http.stakersMissing()).isEqualTo(before);
    }

    private void bond(Market.Router router) {
        post(new Entries().move(Account.deposits(Asset.STRM), Account.stake(router.operator(7)), 3_000_000_000L));
    }

    private void post(Entries entries) {
        transaction.executeWithoutResult(
                _ -> ledger.post(new Batch("test/" + UUID.randomUUID(), Batch.Kind.STAKE, Instant.EPOCH, entries)));
    }
}
