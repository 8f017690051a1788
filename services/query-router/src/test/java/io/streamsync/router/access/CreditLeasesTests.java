package io.streamsync.router.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.access.LeaseAnswer.LiveRouter;
import io.streamsync.router.access.LeaseAnswer.StreamPosition;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.Journals;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.BillingEndpoint;
import io.streamsync.router.publication.HighWaterMarks;
import io.streamsync.router.publication.Publications;
import io.streamsync.router.publication.ScriptedBilling;
import io.streamsync.router.publication.ScriptedBilling.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class CreditLeasesTests {

    private static final String ALICE = "alice";

    @TempDir
    Path directory;

    private final AtomicLong now = new AtomicLong();
    private final CreditBook book = new CreditBook();
    private final ScriptedBilling billing = new ScriptedBilling(book::answer);
    private final BillingEndpoint endpoint = billing.endpoint();
    private Journal journal;
    private HighWaterMarks marks;
    private final RateShares rates = new RateShares();
    private LeaseKeeper keeper;
    private CreditLeases leases;

    @BeforeEach
    void open() {
        journal = Journals.open(directory, 1);
        marks = Publications.marks(journal);
        keeper = new LeaseKeeper(endpoint, journal.incarnation(), marks, rates, new RouterLog(), now::get);
        leases = new CreditLeases(keeper, new ClosedLeases(journal), now::get);
    }

    @AfterEach
    void close() throws IOException {
        endpoint.close();
        billing.close();
        journal.close();
    }

    @Test
    void grantsWhatBillingGrants() {
        book.deposit(ALICE, 1_000);

        assertThat(leased(ALICE, 10)).isEqualTo(LeaseState.GRANTED);

        assertThat(leases.remaining(ALICE)).isEqualTo(500);
        assertThat(leases.balanceEstimate(ALICE)).isEqualTo(1_000);
    }

    @Test
    void grantsToTwoQueriesThatLookAtTheClockInOneOrderAndAskInTheOther() {
        book.deposit(ALICE, 1_000);
        now.set(10);
        var first = leases.lease(ALICE, 10, 10);

        now.set(9);
        var second = leases.lease(ALICE, 10, 10);

        keeper.turn();
        assertThat(first.toCompletableFuture().join()).isEqualTo(LeaseState.GRANTED);
        assertThat(second.toCompletableFuture().join()).isEqualTo(LeaseState.GRANTED);
    }

    @Test
    void reservesNothingForAnAccountWithoutALease() {
        assertThat(leases.reserve(ALICE, 1)).isNull();
        assertThat(leases.remaining(ALICE)).isZero();
    }

    @Test
    void reservesNeverMoreThanTheGrantUnderEightThreads() throws Exception {
        book.deposit(ALICE, 10_000);
        leased(ALICE, 200);
        var reserved = new AtomicLong();

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var i = 0; i < 8; i++) {
                threads.execute(() -> {
                    for (var taken = leases.reserve(ALICE, 7); taken != null; taken = leases.reserve(ALICE, 7)) {
                        reserved.addAndGet(taken.amount());
                    }
                });
            }
        }

        assertThat(reserved.get()).isBetween(10_000L - 6, 10_000L);
        assertThat(leases.remaining(ALICE)).isEqualTo(10_000 - reserved.get());
    }

    @Test
    void booksTheFeeAndGivesBackTheRest() {
        book.deposit(ALICE, 1_000);
        leased(ALICE, 20);

        assertThat(reserved(100).settle(40)).isEqualTo(40);
        assertThat(reserved(100).settle(0)).isEqualTo(40);
        assertThat(reserved(100).settle(100)).isEqualTo(140);

        assertThat(leases.remaining(ALICE)).isEqualTo(860);
        assertThat(leases.balanceEstimate(ALICE)).isEqualTo(860);
    }

    @Test
    void settlesOnceAndOnlyWhatWasReserved() {
        book.deposit(ALICE, 1_000);
        leased(ALICE, 20);
        var reservation = reserved(10);

        assertThatThrownBy(() -> reservation.settle(11)).isInstanceOf(IllegalArgumentException.class);
        reservation.settle(10);
        assertThatThrownBy(() -> reservation.settle(10)).isInstanceOf(IllegalStateException.class);

        assertThat(leases.remaining(ALICE)).isEqualTo(990);
    }

    @Test
    void takesAFeeBackWhoseRecordWasLost() {
        book.deposit(ALICE, 1_000);
        leased(ALICE, 20);
        var lost = reserved(10);
        lost.settle(10);
        lost.cancel();
        lost.cancel();
        reserved(500).cancel();

        assertThat(reserved(7).settle(7)).isEqualTo(7);
        assertThat(leases.remaining(ALICE)).isEqualTo(993);
    }

    @Test
    void asksForMoreWhenHalfIsGone() {
        book.deposit(ALICE, 10_000);
        leased(ALICE, 20);
        reserved(500).settle(500);
        keeper.turn();
        assertThat(book.requests()).hasSize(1);

        reserved(1).settle(1);
        keeper.turn();

        await().until(() -> leases.remaining(ALICE) == 10_000 - 501);
        assertThat(book.requests()).hasSize(2);
        assertThat(book.requests().getLast().spentRecently()).isEqualTo(Long.toString(501 * 24));
    }

    @Test
    void asksForMoreAsSoonAsItKnowsHowFastOneSpends() {
        book.deposit(ALICE, 1_000_000);
        leased(ALICE, 10);
        for (var query = 0; query < 20; query++) {
            reserved(10).settle(10);
        }

        leases.tidy(0);
        keeper.turn();

        await().until(() -> leases.remaining(ALICE) == 300 + 24 * 200);
        leases.tidy(0);
        keeper.turn();
        assertThat(book.requests()).hasSize(2);
    }

    @Test
    void asksForNoMoreThanAtHalfWhereItDoesNotGetAll() {
        book.deposit(ALICE, 1_000_000).share(1_000);
        leased(ALICE, 20);
        reserved(600).settle(600);
        keeper.turn();
        await().until(() -> leases.remaining(ALICE) == 1_400);

        leases.tidy(0);
        keeper.turn();

        assertThat(book.requests()).hasSize(2);
    }

    @Test
    void asksOneAtATimeForAnAccountAndAtOnceForSeveral() {
        book.deposit(ALICE, 1_000).deposit("bob", 1_000);

        leases.lease(ALICE, 1, 1);
        leases.lease(ALICE, 1, 1);
        leases.lease("bob", 1, 1);
        keeper.turn();
        keeper.turn();

        await().until(() -> leases.remaining(ALICE) > 0 && leases.remaining("bob") > 0);
        assertThat(book.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.requests())
                        .extracting(LeaseRequest::accountId)
                        .containsExactly(ALICE, "bob"));
    }

    @Test
    void forgetsHowDearAQueryOfLongAgoWas() {
        book.deposit(ALICE, 1_000_000);
        leased(ALICE, 1_000);
        for (var second = 0; second < 40; second += 10) {
            pass(Duration.ofSeconds(10));
            reserved(10).settle(0);
            leases.tidy(0);
        }
        keeper.turn();
        await().until(() -> keeper.isQuiet());

        for (var i = 0; i < 2_600; i++) {
            reserved(10).settle(10);
        }
        keeper.turn();

        await().until(() -> keeper.isQuiet());
        assertThat(book.requests().getLast().dearestAsk()).isEqualTo("10");
    }

    @Test
    void adoptsATopUpWhoseAnswerWasLostOnce() {
        book.deposit(ALICE, 3_000).share(1_000);
        leased(ALICE, 1_000);
        book.loseAnswers(1);
        reserved(600).settle(600);
        keeper.turn();
        await().until(() -> book.requests().size() == 2);
        pass(Duration.ofSeconds(1));

        await().until(() -> {
            keeper.turn();
            return leases.remaining(ALICE) == 3_000 - 600;
        });

        assertThat(leases.balanceEstimate(ALICE)).isLessThanOrEqualTo(3_000);
    }

    @Test
    void adoptsALeaseWhoseAnswerWasLost() {
        book.deposit(ALICE, 1_000);
        book.loseAnswers(1);

        var state = leases.lease(ALICE, 1, 20).toCompletableFuture();
        await().until(() -> {
            keeper.turn();
            now.addAndGet(Duration.ofMillis(50).toNanos());
            return state.isDone();
        });

        assertThat(state).isCompletedWithValue(LeaseState.GRANTED);
        assertThat(leases.remaining(ALICE)).isEqualTo(1_000);
        assertThat(book.requests()).hasSize(2);
    }

    @Test
    void givesUpAfterASecondWithoutBillingAndAsksAgainLater() {
        book.deposit(ALICE, 1_000).down(true);

        var state = leases.lease(ALICE, 1, 20).toCompletableFuture();
        keeper.turn();
        await().until(() -> keeper.isQuiet());
        pass(Duration.ofMillis(999));
        keeper.turn();
        await().until(() -> keeper.isQuiet());
        assertThat(state).isNotDone();
        pass(Duration.ofMillis(1));
        keeper.turn();

        assertThat(state.join()).isEqualTo(LeaseState.UNAVAILABLE);
        assertThat(leases.lease(ALICE, 1, 20).toCompletableFuture()).isCompletedWithValue(LeaseState.UNAVAILABLE);
        book.down(false);
        pass(Duration.ofSeconds(1));
        assertThat(leased(ALICE, 20)).isEqualTo(LeaseState.GRANTED);
    }

    @Test
    void remembersForASecondThatNothingIsLeft() {
        assertThat(leased(ALICE, 20)).isEqualTo(LeaseState.NOTHING_LEFT);
        book.deposit(ALICE, 1_000);

        pass(Duration.ofMillis(999));
        assertThat(leases.lease(ALICE, 1, 20).toCompletableFuture()).isCompletedWithValue(LeaseState.NOTHING_LEFT);
        pass(Duration.ofMillis(1));

        assertThat(leased(ALICE, 20)).isEqualTo(LeaseState.GRANTED);
        assertThat(book.requests()).hasSize(2);
    }

    @Test
    void asksAnewForTheFirstQueryWhereNoCreditCouldLieReady() {
        leases.ready(uncapped(), 20);
        keeper.turn();
        await().until(keeper::isQuiet);

        book.deposit(ALICE, 1_000);

        assertThat(leased(ALICE, 20)).isEqualTo(LeaseState.GRANTED);
    }

    @Test
    void spendsNothingFromAnExpiredLease() throws IOException {
        book.deposit(ALICE, 1_000);
        leased(ALICE, 20);
        reserved(30).settle(30);

        pass(Duration.ofMinutes(2).minusNanos(1));
        assertThat(leases.remaining(ALICE)).isEqualTo(970);
        pass(Duration.ofNanos(1));

        assertThat(leases.reserve(ALICE, 1)).isNull();
        assertThat(leases.remaining(ALICE)).isZero();
        leases.tidy(0);
        assertThat(ends(1)).singleElement().extracting(LeaseClosed::cumulative).isEqualTo(30L);
    }

    /// When billing heard the call nobody here knows: what its answer took is the lease's to lose.
    @Test
    void countsALeasesTimeFromWhenItAsked() {
        book.deposit(ALICE, 1_000);
        billing.answerWith(call -> {
            pass(Duration.ofMillis(900));
            return book.answer(call);
        });
        leased(ALICE, 20);

        pass(Duration.ofMinutes(2).minusMillis(901));
        assertThat(leases.remaining(ALICE)).isEqualTo(1_000);
        pass(Duration.ofMillis(1));
        assertThat(leases.remaining(ALICE)).isZero();
        assertThat(leases.reserve(ALICE, 1)).isNull();
    }

    @Test
    void renewsALeaseThatIsUsedWithoutLettingItGrow() {
        book.deposit(ALICE, 1_000_000);
        leased(ALICE, 100);
        for (var second = 0; second < 120; second += 10) {
            pass(Duration.ofSeconds(10));
            reserved(1).settle(0);
            leases.tidy(0);
            keeper.turn();
            await().until(() -> keeper.isQuiet());
        }

        assertThat(leases.remaining(ALICE)).isBetween(5_000L, 5_500L);
    }

    @Test
    void endsALeaseThatNobodyUses() throws IOException {
        book.deposit(ALICE, 1_000);
        leased(ALICE, 20);
        reserved(5).settle(5);

        pass(Duration.ofSeconds(15).minusNanos(1));
        leases.tidy(0);
        assertThat(leases.remaining(ALICE)).isEqualTo(995);
        pass(Duration.ofNanos(1));
        leases.tidy(0);

        assertThat(leases.reserve(ALICE, 1)).isNull();
        assertThat(ends(1)).singleElement().extracting(LeaseClosed::cumulative).isEqualTo(5L);
    }

    @Test
    void keepsAnIdleLeaseWhileBillingReadsNothing() throws IOException {
        book.deposit(ALICE, 1_000);
        leased(ALICE, 20);
        leases.tidy(0);
        Journals.append(journal, "waits for Kafka");
        for (var second = 0; second < 120; second += 2) {
            pass(Duration.ofSeconds(2));
            leases.tidy(0);
            keeper.turn();
            await().until(() -> keeper.isQuiet());
        }

        reserved(10).settle(10);
        assertThat(journal.position()).isEqualTo(1);

        pass(Duration.ofSeconds(15));
        leases.tidy(1);
        assertThat(leases.reserve(ALICE, 1)).isNull();
    }

    @Test
    void endsALeaseOnlyAfterItsLastReservationIsSettled() throws IOException {
        book.deposit(ALICE, 1_000);
        leased(ALICE, 20);
        var first = reserved(10);
        var second = reserved(10);
        pass(Duration.ofSeconds(15));
        leases.tidy(0);

        first.settle(10);
        assertThat(journal.position()).isZero();
        second.settle(3);

        assertThat(ends(1)).singleElement().extracting(LeaseClosed::cumulative).isEqualTo(13L);
    }

    @Test
    void takesNoLeaseThatItHasEndedUntilBillingHasRead() throws IOException {
        book.deposit(ALICE, 2_000).share(1_000);
        leased(ALICE, 20);
        var ended = reserved(1);
        ended.settle(0);
        pass(Duration.ofSeconds(15));
        leases.tidy(0);

        var state = leases.lease(ALICE, 1, 20).toCompletableFuture();
        keeper.turn();
        await().until(() -> book.requests().size() == 2);
        await().during(Duration.ofMillis(50)).until(() -> !state.isDone());
        book.close(ALICE);
        await().until(() -> {
            keeper.turn();
            return state.isDone();
        });

        assertThat(state.join()).isEqualTo(LeaseState.GRANTED);
        assertThat(reserved(1).leaseId()).isNotEqualTo(ended.leaseId());
        assertThat(ends(1)).singleElement().extracting(LeaseClosed::leaseId).isEqualTo(ended.leaseId());
    }

    @Test
    void opensAnotherLeaseWhenBillingHasClosedItsOwn() {
        book.deposit(ALICE, 2_000).share(1_000);
        leased(ALICE, 20);
        var first = reserved(600);
        first.settle(600);
        book.close(ALICE);

        keeper.turn();
        await().until(() -> leases.remaining(ALICE) == 0);

        assertThat(leased(ALICE, 20)).isEqualTo(LeaseState.GRANTED);
        assertThat(reserved(1).leaseId()).isNotEqualTo(first.leaseId());
    }

    @Test
    void showsThatItLivesAndLearnsHowFarBillingIs() {
        book.posted(17);
        keeper.turn();
        await().until(() -> marks.nextPosition(1) == 17);

        pass(Duration.ofSeconds(4));
        keeper.turn();
        assertThat(book.calls()).hasSize(1);
        pass(Duration.ofSeconds(1));
        keeper.turn();

        await().until(() -> book.calls().size() == 2);
    }

    @Test
    void learnsThatBillingHasTheEndOfAnEarlierStream() {
        marks = Publications.marks(journal, 0);
        keeper = new LeaseKeeper(endpoint, journal.incarnation(), marks, rates, new RouterLog(), now::get);
        book.tells(new StreamPosition(0, 17, false));
        keeper.turn();
        await().until(() -> marks.nextPosition(0) == 17);
        assertThat(marks.isFinished(0)).isFalse();

        book.tells(new StreamPosition(0, 18, true));
        pass(Duration.ofSeconds(5));
        keeper.turn();

        await().until(() -> marks.isFinished(0));
    }

    @Test
    void sellsNothingAndEndsWhenALaterStartHasTakenItsPlace(CapturedOutput output) {
        var ends = new AtomicInteger();
        var keeping = new LeaseKeeping(keeper, leases, rates, marks, journal.incarnation(), ends::incrementAndGet);
        book.deposit(ALICE, 1_000);
        leased(ALICE, 10);

        book.supersede();
        pass(Duration.ofSeconds(5));
        keeper.turn();
        await().until(() -> ends.get() == 1);
        pass(Duration.ofSeconds(5));
        keeper.turn();

        assertThat(keeping.isRunning()).isFalse();
        assertThat(keeper.isQuiet()).isTrue();
        assertThat(leases.reserve(ALICE, 1)).isNull();
        assertThat(book.calls()).hasSize(2);
        assertThat(output.getOut()).containsOnlyOnce("Billing knows a later start of this router");
    }

    @Test
    void caresNothingForARefusalThatComesWhenItHasStopped(CapturedOutput output) {
        var ends = new AtomicInteger();
        var keeping = new LeaseKeeping(keeper, leases, rates, marks, journal.incarnation(), ends::incrementAndGet);
        var stopped = new CompletableFuture<ScriptedBilling.Answer>();
        billing.answerWith(call -> stopped.join());
        keeper.turn();

        keeping.stop();
        stopped.complete(new ScriptedBilling.Answer(409, "{}"));

        await().until(keeper::isQuiet);
        assertThat(ends).hasValue(0);
        assertThat(output.getOut()).doesNotContain("Billing knows a later start of this router");
    }

    @Test
    void callsBillingAtOnceForAWishAndElseOnlyToBeHeardOf() {
        assertThat(keeper.turn()).isTrue();
        assertThat(keeper.turn()).isFalse();

        book.deposit(ALICE, 1_000);
        var state = leases.lease(ALICE, 1, 10).toCompletableFuture();

        assertThat(keeper.turn()).isTrue();
        assertThat(state.join()).isEqualTo(LeaseState.GRANTED);
    }

    @Test
    void goesOnAfterCallsThatCouldNotBeMade() {
        try (var unusable = Publications.unusableEndpoint()) {
            keeper = new LeaseKeeper(unusable, journal.incarnation(), marks, rates, new RouterLog(), now::get);
            for (var i = 0; i < 5; i++) {
                keeper.turn();
                assertThat(keeper.isQuiet()).isTrue();
                pass(Duration.ofSeconds(5));
            }
        }
    }

    @Test
    void tellsThatCreditIsAskedForNoMore() {
        var broken = new AtomicBoolean();
        keeper = new LeaseKeeper(endpoint, journal.incarnation(), marks, rates, new RouterLog(), () -> {
            if (broken.get()) {
                throw new AssertionError("an error of the machine");
            }
            return now.get();
        });
        var keeping = new LeaseKeeping(keeper, leases, rates, marks, journal.incarnation(), () -> {});
        keeping.start();
        assertThat(keeping.isAlive()).isTrue();

        broken.set(true);

        await().dontCatchUncaughtExceptions().until(() -> !keeping.isAlive());
        keeping.stop();
    }

    @Test
    void forgetsAnAccountThatIsGone() {
        book.deposit(ALICE, 1_000);
        leased(ALICE, 20);
        pass(Duration.ofSeconds(60));

        leases.tidy(0);

        assertThat(leases.balanceEstimate(ALICE)).isZero();
        assertThat(leases.lease(ALICE, 1, 20)).isNotNull();
    }

    @Test
    void closesEverythingAtTheEnd() throws IOException {
        book.deposit(ALICE, 1_000).deposit("bob", 1_000);
        leased(ALICE, 20);
        leased("bob", 20);

        new LeaseKeeping(keeper, leases, rates, marks, journal.incarnation(), () -> {}).stop();

        assertThat(leases.reserve(ALICE, 1)).isNull();
        assertThat(ends(2)).hasSize(2);
    }

    @Test
    void writesTheEndsThatTheJournalDidNotTakeOnceItDoes() throws IOException {
        var takes = new AtomicBoolean();
        leases = new CreditLeases(
                keeper,
                new ClosedLeases(entry -> takes.get() && journal.appendMark(entry), journal::position),
                now::get);
        book.deposit(ALICE, 1_000).deposit("bob", 1_000);
        leased(ALICE, 20);
        leased("bob", 20);

        leases.closeAll();
        leases.tidy(0);
        assertThat(journal.position()).isZero();
        takes.set(true);
        leases.tidy(0);
        leases.tidy(0);

        assertThat(ends(2)).hasSize(2);
        assertThat(journal.position()).isEqualTo(2);
    }

    @Test
    void paysForACappedKeyFromItsOwnLease() {
        book.deposit(ALICE, 10_000).cap("key", 1_000);

        assertThat(leased(capped(1_000), 100)).isEqualTo(LeaseState.GRANTED);

        assertThat(leases.remaining("key")).isEqualTo(1_000);
        assertThat(leases.remaining(ALICE)).isZero();
        assertThat(book.requests()).singleElement().satisfies(request -> {
            assertThat(request.keyId()).isEqualTo("key");
            assertThat(request.accountId()).isEqualTo(ALICE);
            assertThat(request.least()).isEqualTo("100");
        });
    }

    @Test
    void tellsWhenTheKeysCapIsOutAndGivesBackWhatBuysNothing() {
        book.deposit(ALICE, 10_000).cap("key", 1_050);
        leased(capped(1_050), 100);
        for (var query = 0; query < 10; query++) {
            present(leases.reserve("key", 100)).settle(100);
        }

        assertThat(leased(capped(1_050), 100)).isEqualTo(LeaseState.CAP_REACHED);
        assertThat(leases.isCapReached("key")).isFalse();
        leases.giveBack("key", 100);

        assertThat(leases.isCapReached("key")).isTrue();
        turn();
        assertThat(book.requests().getLast().more()).isFalse();
        assertThat(book.requests().getLast().returned()).isEqualTo("50");
        assertThat(book.requests().getLast().unspent()).isEqualTo("0");
        assertThat(book.available(ALICE)).isEqualTo(9_000);
        pass(Duration.ofSeconds(1));
        assertThat(leases.isCapReached("key")).isFalse();
    }

    @Test
    void keepsALeaseThatBuysSomething() {
        book.deposit(ALICE, 10_000).cap("key", 1_000);
        leased(capped(1_000), 100);

        leases.giveBack("key", 1_000);
        leases.giveBack(ALICE, 1_000);

        assertThat(leases.remaining("key")).isEqualTo(1_000);
    }

    @Test
    void spendsNothingOfADayAfterItsEnd() throws IOException {
        book.deposit(ALICE, 10_000).cap("key", 1_000).dayEndsIn(5_000);
        leased(capped(1_000), 100);
        var underway = present(leases.reserve("key", 100));

        pass(Duration.ofSeconds(5));

        assertThat(leases.reserve("key", 100)).isNull();
        assertThat(underway.settle(100)).isEqualTo(100);
        book.midnight();
        var tomorrow = leases.lease(capped(1_000), 100, 100, 100).toCompletableFuture();
        await().until(() -> {
            keeper.turn();
            book.close("key");
            pass(Duration.ofMillis(50));
            return tomorrow.isDone();
        });
        assertThat(ends(1)).singleElement().extracting(LeaseClosed::cumulative).isEqualTo(100L);
        assertThat(leases.remaining("key")).isEqualTo(1_000);
    }

    @Test
    void givesAKeysLeaseBackWhenItsCapChanges() throws IOException {
        book.deposit(ALICE, 10_000).cap("key", 1_000);
        leased(capped(1_000), 100);

        leases.capChanged("key");
        leases.capChanged("nobody");

        assertThat(leases.remaining("key")).isZero();
        assertThat(ends(1)).hasSize(1);
    }

    @Test
    void hasCreditReadyBeforeTheFirstQuery() {
        book.deposit(ALICE, 100_000);
        leases.ready(uncapped(), 100);
        leases.ready(uncapped(), 100);
        keeper.turn();

        await().until(() -> leases.remaining(ALICE) == 2_000);
        assertThat(book.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.idle()).isTrue());
        present(leases.reserve(ALICE, 100)).settle(100);
        assertThat(leases.remaining(ALICE)).isEqualTo(1_900);
    }

    @Test
    void asksAtOnceAgainWhenThereIsNewCredit() {
        assertThat(leased(ALICE, 100)).isEqualTo(LeaseState.NOTHING_LEFT);

        book.deposit(ALICE, 100_000);
        leases.ready(uncapped(), 100);
        keeper.turn();

        await().until(() -> leases.remaining(ALICE) > 0);
    }

    @Test
    void keepsALittleReadyForAnHourAfterTheLastQuery() throws IOException {
        book.deposit(ALICE, 1_000_000);
        leased(ALICE, 100);
        reserved(100).settle(100);
        idle(Duration.ofSeconds(20));
        assertThat(ends(1)).singleElement().extracting(LeaseClosed::cumulative).isEqualTo(100L);
        book.close(ALICE);

        idle(Duration.ofMinutes(59));
        assertThat(leases.remaining(ALICE)).isEqualTo(2_000);

        idle(Duration.ofMinutes(2));
        assertThat(leases.remaining(ALICE)).isZero();
    }

    @Test
    void outlastsAMinuteWithoutBilling() {
        book.deposit(ALICE, 1_000_000);
        leased(ALICE, 100);
        for (var second = 0; second < 60; second++) {
            oneSecond();
        }
        book.down(true);

        for (var second = 0; second < 60; second++) {
            oneSecond();
        }

        book.down(false);
        oneSecond();
        assertThat(leases.remaining(ALICE)).isPositive();
    }

    @Test
    void sellsNothingAfterItsLeasesRanOutAndAgainWhenBillingIsBack() {
        book.valid(Duration.ofSeconds(2));
        book.deposit(ALICE, 1_000_000);
        leased(ALICE, 100);
        book.down(true);
        oneSecond();

        pass(Duration.ofSeconds(1));
        assertThat(leases.reserve(ALICE, 100)).isNull();
        var state = leases.lease(ALICE, 100, 100).toCompletableFuture();
        turn();
        pass(Duration.ofSeconds(1));
        turn();
        assertThat(state.join()).isEqualTo(LeaseState.UNAVAILABLE);

        book.down(false);
        pass(Duration.ofMillis(300));
        assertThat(leased(ALICE, 100)).isEqualTo(LeaseState.GRANTED);
    }

    /// Queries that spend a little, all paid for.
    private void oneSecond() {
        for (var query = 0; query < 5; query++) {
            reserved(100).settle(100);
            pass(Duration.ofMillis(200));
            leases.tidy(journal.position());
            turn();
        }
    }

    @Test
    void handsOverWhatAnotherRouterWantsAndStaysOpen() {
        book.deposit(ALICE, 1_000).share(1_000);
        leased(ALICE, 20);
        var underway = reserved(20);
        pass(Duration.ofMillis(100));

        wanted(ALICE);
        wanted("nobody");
        turn();

        assertThat(leases.remaining(ALICE)).isEqualTo(490);
        assertThat(book.available(ALICE)).isEqualTo(490);
        assertThat(book.requests().getLast())
                .satisfies(request -> assertThat(request.more()).isFalse())
                .satisfies(request -> assertThat(request.returned()).isEqualTo("490"))
                .satisfies(request -> assertThat(request.unspent()).isEqualTo("510"));
        assertThat(underway.settle(20)).isEqualTo(20);
        assertThat(journal.position()).isZero();
    }

    @Test
    void handsEverythingOverWhereNobodyAsks() {
        book.deposit(ALICE, 1_000).share(1_000);
        leased(ALICE, 20);
        pass(Duration.ofSeconds(1));

        wanted(ALICE);
        turn();

        assertThat(leases.remaining(ALICE)).isZero();
        assertThat(book.available(ALICE)).isEqualTo(1_000);
        assertThat(leased(ALICE, 20)).isEqualTo(LeaseState.GRANTED);
        assertThat(leases.remaining(ALICE)).isEqualTo(1_000);
    }

    @Test
    void leavesCreditFirstToTheQueryThatWaitedForIt() {
        book.deposit(ALICE, 1_000).share(1_000);
        leased(ALICE, 20);

        wanted(ALICE);

        assertThat(leases.remaining(ALICE)).isEqualTo(1_000);
    }

    @Test
    void givesBackOnceHoweverOftenItIsTold() {
        book.deposit(ALICE, 1_000).share(1_000);
        leased(ALICE, 20);
        pass(Duration.ofSeconds(1));
        book.loseAnswers(1);
        wanted(ALICE);
        turn();
        assertThat(book.available(ALICE)).isEqualTo(1_000);

        pass(Duration.ofSeconds(1));
        turn();
        wanted(ALICE);
        turn();

        assertThat(book.available(ALICE)).isEqualTo(1_000);
        assertThat(book.requests()).extracting(LeaseRequest::returned).containsExactly("0", "1000", "1000", "1000");
    }

    @Test
    void handsOverALeaseThatItDidNotKnowOf() {
        book.deposit(ALICE, 1_000).share(1_000);
        leased(ALICE, 20);
        var keeper = new LeaseKeeper(endpoint, journal.incarnation(), marks, rates, new RouterLog(), now::get);
        var forgetful = new CreditLeases(keeper, new ClosedLeases(journal), now::get);

        for (var times = 0; times < 2; times++) {
            forgetful.wanted(ALICE, _ -> uncapped());
            keeper.turn();
            await().until(keeper::isQuiet);
        }

        assertThat(book.available(ALICE)).isEqualTo(1_000);
        assertThat(book.requests().getLast().returned()).isEqualTo("1000");
    }

    @Test
    void handsOverAKeysLeaseThatItDidNotKnowOf() {
        book.deposit(ALICE, 10_000).cap("key", 1_000);
        leased(capped(1_000), 100);
        var keeper = new LeaseKeeper(endpoint, journal.incarnation(), marks, rates, new RouterLog(), now::get);
        var forgetful = new CreditLeases(keeper, new ClosedLeases(journal), now::get);

        for (var times = 0; times < 2; times++) {
            forgetful.wanted("key", _ -> capped(1_000));
            keeper.turn();
            await().until(keeper::isQuiet);
        }

        assertThat(book.available(ALICE)).isEqualTo(10_000);
    }

    @Test
    void tellsWhichEarlierStreamsItStillSends() {
        marks = Publications.marks(journal, 4, 5, 6);
        keeper = new LeaseKeeper(endpoint, journal.incarnation(), marks, rates, new RouterLog(), now::get);
        marks.finished(5);

        turn();

        assertThat(book.calls().getLast().forwarding()).containsExactlyInAnyOrder(4, 6);
    }

    @Test
    void waitsForCreditThatAnotherRouterHandsOver() {
        try (var other = new ScriptedBilling(_ -> new Answer(200, "{}"))) {
            book.heldBy(new LiveRouter(8, other.url()), ALICE);
            var state = leases.lease(ALICE, 20, 20).toCompletableFuture();
            turn();
            await().until(() -> other.calls().size() == 1);
            assertThat(other.calls().getFirst().path()).isEqualTo("/internal/credit/wanted");
            assertThat(other.calls().getFirst().json()).isEqualTo("{\"holders\":[\"alice\"]}");
            assertThat(state).isNotDone();

            book.deposit(ALICE, 20);
            turn();

            assertThat(state.join()).isEqualTo(LeaseState.GRANTED);
        }
    }

    @Test
    void saysThatNothingIsLeftWhenNobodyHandsAnythingOver() {
        book.heldBy(new LiveRouter(8, null), ALICE);
        var state = leases.lease(ALICE, 20, 20).toCompletableFuture();
        turn();
        assertThat(state).isNotDone();

        pass(Duration.ofSeconds(1));
        turn();

        assertThat(state.join()).isEqualTo(LeaseState.NOTHING_LEFT);
    }

    private void wanted(String holder) {
        leases.wanted(holder, _ -> null);
    }

    private void turn() {
        keeper.turn();
        await().pollInterval(Duration.ofMillis(1)).until(keeper::isQuiet);
    }

    /// Time in which nobody asks.
    private void idle(Duration time) {
        for (var passed = 0L; passed < time.toSeconds(); passed += 5) {
            pass(Duration.ofSeconds(5));
            leases.tidy(journal.position());
            keeper.turn();
            await().pollInterval(Duration.ofMillis(1)).until(keeper::isQuiet);
        }
    }

    private LeaseState leased(Credential credential, long ask) {
        var state = leases.lease(credential, ask, ask, ask).toCompletableFuture();
        keeper.turn();
        return state.join();
    }

    private static Credential capped(long nano) {
        return credential(OptionalLong.of(nano));
    }

    private static Credential uncapped() {
        return credential(OptionalLong.empty());
    }

    private static Credential credential(OptionalLong dailyCap) {
        return new Credential(
                "key",
                ALICE,
                Credential.Scope.QUERY,
                OptionalLong.empty(),
                dailyCap,
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    private LeaseState leased(String account, long dearestAsk) {
        var state = leases.lease(account, 1, dearestAsk).toCompletableFuture();
        keeper.turn();
        return state.join();
    }

    private Reservation reserved(long amount) {
        return present(leases.reserve(ALICE, amount));
    }

    private static Reservation present(@Nullable Reservation reservation) {
        assertThat(reservation).isNotNull();
        return reservation == null ? present(null) : reservation;
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private List<LeaseClosed> ends(int count) throws IOException {
        await().until(() -> journal.synced() == count);
        var ends = new ArrayList<LeaseClosed>();
        try (var reader = journal.reader()) {
            for (var record : reader.read(1, 0, 256, 1 << 20)) {
                if (StreamRecords.decode(record) instanceof LeaseClosed end) {
                    ends.add(end);
                }
            }
        }
        return ends;
    }
}
