package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.archive.DailyPartitions;
import io.streamsync.billing.charging.PositionedRecord;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Closing;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.stakes.BondedStakes;
import io.streamsync.billing.stream.StreamId;
import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StakeShare;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.protocol.settlement.Sums;
import io.streamsync.protocol.verification.RaceStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Windows from frames to proofs, on a real database.
@BillingTest
class SettlementTests {

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Windows windows;

    @Autowired
    Auditor auditor;

    @Autowired
    Sealing sealing;

    @Autowired
    Settlements settlements;

    @Autowired
    EpochMarks marks;

    @Autowired
    Closing closing;

    @Autowired
    Ledger ledger;

    @Autowired
    BondedStakes stakes;

    @Autowired
    SettledStakes settledStakes;

    @Autowired
    KafkaListenerEndpointRegistry listeners;

    @Autowired
    StakeController stakeController;

    @Autowired
    RaceIds raceIds;

    @Autowired
    DailyPartitions partitions;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    /// What other tests left to be sealed, of the windows before theirs ended and after.
    @BeforeEach
    void sealWhatIsThere() {
        windows.seal();
        windows.seal();
    }

    @Test
    void sealsWhatIsBeforeTheMarkAndProvesEachOfIt() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var confirmed = router.charged(lease, 4_000);
        var answeredAt = router.now();
        router.late(lease, 3_000);
        router.verified(confirmed, 4_000, RaceStatus.CONFIRMED);
        var subscription = router.subscribed(lease, 2_000);
        router.notified(lease, subscription, 1, 2_000, 50, 1_000);
        windows.mark(router);
        router.charged(lease, 7_000);
        windows.post(router);

        var settlement = windows.seal();

        auditor.check(settlement);
        assertThat(settlement.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 0, 6));
        assertThat(settlement.header().sums()).isEqualTo(new Sums(7_000, 0, 4_300, 0, 700, 1_400, 600));
        var raceId = raceIds.seal(new RaceAddress(router.id, router.incarnation, confirmed), answeredAt);
        var race = http.get("/v1/races/" + raceId).json();
        var proof = auditor.prove(settlement, raceId);
        assertThat(race.path("settlement").path("epoch").asLong())
                .isEqualTo(settlement.header().epoch());
        assertThat(race.path("settlement").path("leaf").asLong())
                .isEqualTo(proof.path("index").asLong());
        assertThat(race.path("receiptHash").asString())
                .isEqualTo(proof.path("leafHash").asString());
    }

    @Test
    void goesOnWhereTheWindowBeforeEnded() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var first = windows.open();
        router.charged(lease, 1_000);
        windows.mark(router, first);
        router.charged(lease, 1_000);
        router.charged(lease, 1_000);
        windows.mark(router, first); // a second time, and too late: just a record
        windows.mark(router, first + 1);
        windows.post(router);

        var one = windows.seal();
        var other = windows.seal();
        var empty = windows.seal();

        assertThat(one.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 0, 2));
        assertThat(other.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 2, 6));
        assertThat(other.header().previous()).isEqualTo(one.header().hash());
        assertThat(empty.header().previous()).isEqualTo(other.header().hash());
        assertThat(empty.header().epoch()).isEqualTo(first + 2);
        assertThat(empty.header().ranges()).noneMatch(range -> range.router() == router.id);
        List.of(one, other, empty).forEach(auditor::check);
    }

    @Test
    void endsAllWindowsThatAClockJumpedOver() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var epoch = windows.open();
        router.charged(lease, 1_000);
        windows.mark(router, epoch + 2);
        router.charged(lease, 1_000);
        windows.post(router);
        windows.age(router);

        var covered = List.of(windows.seal(), windows.seal(), windows.seal());

        assertThat(covered.getFirst().header().ranges()).contains(new StreamRange(router.id, router.incarnation, 0, 2));
        assertThat(covered.subList(1, 3))
                .allMatch(one -> one.header().ranges().stream().noneMatch(range -> range.router() == router.id));
        router.end();
        windows.post(router);
        assertThat(windows.seal().header().ranges()).contains(new StreamRange(router.id, router.incarnation, 2, 4));
    }

    @Test
    void waitsAMinuteForAStreamThatHasNotPassedTheEnd() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 1_000);
        windows.post(router);
        windows.age(router);
        var epoch = windows.open();
        var end = windows.startsAt(epoch + 1);

        assertThat(windows.sealAt(end.minusMillis(1))).isEmpty();
        assertThat(windows.sealAt(end.plusSeconds(59))).isEmpty();
        assertThat(sealing.sealNext(end.plusSeconds(60), end.plusSeconds(1)))
                .as("as long as this service has not been there for a minute")
                .isEmpty();
        assertThat(windows.sealAt(end.plusSeconds(60))).contains(epoch);

        var sealed = settlements.find(epoch).orElseThrow();
        assertThat(sealed.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 0, 1));
        windows.mark(router, epoch);
        router.charged(lease, 1_000);
        router.end();
        windows.post(router);
        assertThat(windows.seal().header().ranges())
                .as("the mark that came too late ends nothing")
                .contains(new StreamRange(router.id, router.incarnation, 1, 4));
    }

    @Test
    void waitsForNoRouterThatIsLostButTakesWhatItLeftBehind() {
        windows.open();
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 1_000);
        windows.post(router);
        windows.age(router);
        jdbc.sql("update stream set closed_at = now() where router = ?")
                .param(router.id)
                .update();

        var sealed = windows.seal();
        var nothing = windows.seal();
        router.charged(lease, 1_000);
        windows.post(router);
        var rest = windows.seal();

        assertThat(sealed.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 0, 1));
        assertThat(nothing.header().ranges()).noneMatch(range -> range.router() == router.id);
        assertThat(rest.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 1, 2));
    }

    @Test
    void sealsTheEndOfAStreamWhoseMarksAreFarAhead() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 1_000);
        windows.mark(router, windows.open() + 1_000_000);
        router.charged(lease, 1_000);
        router.end();
        windows.post(router);

        var sealed = windows.seal();
        var rest = windows.seal();

        assertThat(sealed.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 0, 2));
        assertThat(rest.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 2, 4));
        auditor.check(rest);
    }

    @Test
    void sealsWhatIsKeptUnderAnEarlierDayThanWhatCameBefore() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 1_000);
        windows.mark(router);
        windows.post(router);
        var sealed = windows.seal();
        router.charged(lease, 1_000);
        windows.mark(router);
        windows.post(router);
        var yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
        partitions.ensure(List.of(yesterday));
        jdbc.sql("update archive_frame set posted_on = ? where router = ? and first_position = 2")
                .params(yesterday, router.id)
                .update();

        var later = windows.seal();

        assertThat(sealed.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 0, 2));
        assertThat(later.header().ranges()).contains(new StreamRange(router.id, router.incarnation, 2, 4));
        auditor.check(later);
    }

    @Test
    void provesLeavesOfWindowsOfManyFramesAndStreams() {
        var customer = http.customer("1");
        for (var streams = 0; streams < 2; streams++) {
            var router = market.router();
            var lease = router.lease(customer, 100_000);
            for (var frame = 0; frame < 4; frame++) {
                for (var race = 0; race < 90; race++) {
                    router.charged(lease, 10);
                }
                if (frame == 3) {
                    windows.mark(router);
                    router.charged(lease, 10);
                }
                windows.post(router);
            }
            router.end();
            windows.post(router);
        }

        var settlement = windows.seal();
        var rest = windows.seal();

        assertThat(settlement.header().leafCount()).isGreaterThanOrEqualTo(2 * 361);
        auditor.check(settlement);
        auditor.check(rest);
        for (var index :
                new long[] {0, 255, 256, 360, 361, 511, 512, settlement.header().leafCount() - 1}) {
            auditor.proveLeaf(settlement, index);
        }
    }

    @Test
    void handsOutNoProofThatDoesNotHold() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 100_000);
        for (var race = 0; race < 300; race++) {
            router.charged(lease, 10);
            if (race == 150) {
                windows.post(router);
            }
        }
        windows.mark(router);
        windows.post(router);
        var settlement = windows.seal();
        auditor.proveLeaf(settlement, 0);

        transaction.executeWithoutResult(status -> {
            jdbc.sql("set local session_replication_role = replica").update(); // past the trigger
            jdbc.sql("delete from settlement_node where place = ?")
                    .param(settlement.place())
                    .update();

            assertThatThrownBy(() -> auditor.proveLeaf(settlement, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("leaf 0");
            status.setRollbackOnly();
        });
    }

    @Test
    void namesTheRacesOfEarlierWindowsThatItCorrects() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var wrong = router.charged(lease, 4_000);
        var at = router.now();
        windows.mark(router);
        windows.post(router);
        var earlier = windows.seal();
        router.verified(wrong, 4_000, RaceStatus.CONTRADICTED);
        var soon = router.charged(lease, 2_000);
        router.verified(soon, 2_000, RaceStatus.CONTRADICTED);
        windows.mark(router);
        windows.post(router);

        var later = windows.seal();

        auditor.check(later);
        assertThat(later.header().sums()).isEqualTo(new Sums(2_000, 6_000, -2_000, -800, 0, -800, -400));
        var view = http.get("/v1/settlements/" + later.header().epoch()).json();
        assertThat(view.path("correctionCount").asLong()).isEqualTo(1);
        assertThat(view.path("corrections").toString())
                .isEqualTo("[{\"raceId\":\"%s\",\"window\":%d}]"
                        .formatted(
                                raceIds.seal(new RaceAddress(router.id, router.incarnation, wrong), at),
                                earlier.header().epoch()));
    }

    /// An operator that is convicted of all that it answered.
    @Test
    void correctsAMassOfRacesByAFewStatements() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var wrong = new ArrayList<Long>();
        for (var frame = 0; frame < 3; frame++) {
            for (var race = 0; race < 200; race++) {
                wrong.add(router.charged(lease, 10));
            }
            if (frame == 2) {
                windows.mark(router);
            }
            windows.post(router);
        }
        var earlier = windows.seal();
        for (var frame = 0; frame < 3; frame++) {
            wrong.subList(frame * 200, (frame + 1) * 200)
                    .forEach(race -> router.verified(race, 10, RaceStatus.CONVICTED));
            if (frame == 2) {
                windows.mark(router);
            }
            windows.post(router);
        }

        var statements = new Statements();
        var later = windows.seal();

        assertThat(statements.count()).isBetween(10L, 100L);
        assertThat(later.header().sums().refunded()).isEqualTo(6_000);
        assertThat(later.header().sums().stakers())
                .as("was paid, so the insurance stands in")
                .isZero();
        var view = http.get("/v1/settlements/" + later.header().epoch()).json();
        assertThat(view.path("correctionCount").asLong()).isEqualTo(600);
        assertThat(view.path("corrections"))
                .hasSize(500)
                .allMatch(correction ->
                        correction.path("window").asLong() == earlier.header().epoch());
        auditor.check(later);
    }

    @Test
    void sealsNoWindowOfATimeToComeWhateverItsClockSays() {
        var last = settlements.find(windows.open() - 1).orElseThrow();
        var current = Instant.now().toEpochMilli() / Windows.LENGTH.toMillis();
        transaction.executeWithoutResult(status -> {
            settlements.add(
                    last.place() + 1,
                    new SettlementHeader(
                            current,
                            windows.startsAt(current).toEpochMilli(),
                            windows.startsAt(current + 1).toEpochMilli(),
                            0,
                            "00".repeat(32),
                            last.header().hash(),
                            last.header().publicKey(),
                            Sums.NOTHING,
                            0,
                            List.of("1"),
                            List.of()),
                    new byte[64],
                    0,
                    List.of());

            assertThat(windows.sealAt(windows.startsAt(current + 3))).isEmpty();
            status.setRollbackOnly();
        });
    }

    @Test
    void readsStakesBeforeItClosesTheBooks() throws Exception {
        var now = windows.startsAt(windows.open() + 1).plus(Windows.OVERDUE);
        try (var other = Executors.newSingleThreadExecutor()) {
            var sealed = transaction.execute(_ -> {
                jdbc.sql("lock table ledger_account in access exclusive mode").update();
                var sealing = other.submit(() -> windows.sealAt(now));
                await().until(() -> jdbc.sql("""
                                select exists (select from pg_stat_activity
                                    where wait_event_type = 'Lock' and query like '%operator:\\%:stake%')""").query(Boolean.class).single());
                jdbc.sql("select until from ledger_closing for share")
                        .query(Object.class)
                        .single();
                return sealing;
            });
            assertThat(sealed.get()).isPresent();
        }
    }

    @Test
    void looksAgainWhenAStreamMarksTheEndWhileItIsSealed() throws Exception {
        var router = market.router();
        router.charged(router.lease(http.customer("1"), 1_000_000), 1_000);
        windows.post(router);
        var epoch = windows.open();
        var end = windows.startsAt(epoch + 1);
        var stream = new StreamId(router.id, router.incarnation);
        try (var other = Executors.newSingleThreadExecutor()) {
            var sealed = transaction.execute(_ -> {
                closing.until();
                var sealing = other.submit(() -> windows.sealAt(end.plus(Windows.OVERDUE)));
                await().until(() -> jdbc.sql("""
                                select exists (select from pg_stat_activity
                                    where wait_event_type = 'Lock' and query like 'lock table ledger_closing%')""").query(Boolean.class).single());
                marks.add(stream, List.of(new PositionedRecord(0, new EpochEnded(epoch, end.toEpochMilli()))));
                return sealing;
            });
            assertThatThrownBy(sealed::get).hasMessageContaining("passed the end of epoch " + epoch);
        }

        assertThat(windows.seal().header().ranges()).contains(new StreamRange(router.id, router.incarnation, 0, 1));
    }

    @Test
    void sharesTheStakersPartOutByBondedStake() {
        var router = market.router();
        var operator = router.operator(7);
        bond(operator, 30_000_000_000_000L);
        var lease = router.lease(http.customer("100"), 1_000_000);
        router.charged(lease, 400_030);
        windows.mark(router);
        windows.post(router);
        var epoch = windows.open();
        var carried = settlements.last().orElseThrow().carried();
        var bonded = stakes.at(windows.startsAt(epoch + 1));
        var expected = StakeShares.of(40_003 + carried, bonded);
        var before = ledger.balance(Account.STAKERS);

        var settlement = windows.seal();

        var share = expected.all().stream()
                .filter(one -> one.operatorId().equals(operator))
                .findFirst()
                .orElseThrow()
                .share();
        assertThat(share).isPositive();
        assertThat(ledger.balance(Account.held(operator))).isEqualTo(share);
        assertThat(ledger.balance(Account.STAKERS)).isEqualTo(before - expected.sum());
        assertThat(settlement.header().stakersShare()).isEqualTo(expected.sum());
        assertThat(settlement.carried()).isEqualTo(40_003 + carried - expected.sum());
        assertThat(http.get("/v1/settlements/" + epoch).text("stakersShare")).isEqualTo(Amount.decimal(expected.sum()));
        var from = windows.startsAt(epoch - 24);
        var earned = http.internal("/internal/operators/" + operator + "/earnings?groupBy=class&from=" + from + "&to="
                        + windows.startsAt(epoch + 1))
                .json();
        assertThat(earned.path("items").path(0).path("key").asString()).isEqualTo("stakers");
        for (var check : http.reconcile().json().path("checks")) {
            if (check.path("check").asString().equals("rollups")) {
                assertThat(check.path("fits").asBoolean()).as(check.toString()).isTrue();
            }
        }
        assertThat(earned.path("items").path(0).path("earned").asString()).isEqualTo(Amount.decimal(share));
        assertThat(earned.path("pending").asString()).isEqualTo(Amount.decimal(share));
    }

    @Test
    void carriesWhatTheDivisionLeftToTheNextWindow() {
        var router = market.router();
        bond(router.operator(1), 10_000_000_000_000L);
        bond(router.operator(2), 10_000_000_000_000L);
        var lease = router.lease(http.customer("1"), 1_000_000);
        Settlement left;
        do {
            router.charged(lease, 10);
            windows.mark(router);
            windows.post(router);
            left = windows.seal();
        } while (left.carried() == 0);

        var next = windows.seal();

        assertThat(next.header().sums().stakers()).isZero();
        assertThat(next.carried()).isEqualTo(left.carried() - next.header().stakersShare());
    }

    /// Verdicts may take from it what stakers are due.
    @Test
    void sharesOutNoMoreThanThePoolHolds() {
        var router = market.router();
        bond(router.operator(1), 10_000_000_000_000L);
        router.charged(router.lease(http.customer("1"), 1_000_000), 400_000);
        windows.mark(router);
        windows.post(router);
        var carried = settlements.last().orElseThrow().carried();
        var taken = ledger.balance(Account.STAKERS) - 1_000;
        post(new Entries().move(Account.STAKERS, Account.TREASURY, taken), Instant.EPOCH);
        try {
            var settlement = windows.seal();

            assertThat(settlement.header().stakersShare()).isPositive().isLessThanOrEqualTo(1_000);
            assertThat(settlement.carried())
                    .isEqualTo(carried + 40_000 - settlement.header().stakersShare());
        } finally {
            post(new Entries().move(Account.TREASURY, Account.STAKERS, taken), Instant.EPOCH);
        }
    }

    @Test
    void isSealedByTheStakesAtItsEnd() {
        var router = market.router();
        var end = windows.startsAt(windows.open() + 1);
        bond(router.operator(1), 10_000_000_000_000L, end.minusMillis(1));
        bond(router.operator(2), 10_000_000_000_000L, end);
        router.charged(router.lease(http.customer("1"), 1_000_000), 400_000);
        windows.mark(router);
        windows.post(router);

        var settlement = windows.seal();

        assertThat(settledStakes.find(settlement.place()).orElseThrow().all())
                .extracting(StakeShare::operatorId)
                .contains(router.operator(1))
                .doesNotContain(router.operator(2));
    }

    @Test
    void isSealedByTheStakesThatKafkaHasAndThisServiceHasNotTakenIn() {
        var router = market.router();
        var lease = router.lease(http.customer("100"), 1_000_000);
        router.charged(lease, 400_000);
        windows.mark(router);
        windows.post(router);
        var end = windows.startsAt(windows.open() + 1);
        var operator = new OperatorId("staker-" + UUID.randomUUID());
        var stakes = listening("billing-stakes");
        try {
            stakes.stop();
            bondFromOnboarding(operator, 20_000_000_000_000L, end.minusSeconds(60));

            assertThat(windows.sealAt(end.plusSeconds(1))).isEmpty();
            assertThat(windows.sealAt(end.plusSeconds(59))).isEmpty();
        } finally {
            stakes.start();
        }

        var settlement = windows.seal();

        assertThat(settledStakes.find(settlement.place()).orElseThrow().all()).anySatisfy(share -> {
            assertThat(share.operatorId()).isEqualTo(operator);
            assertThat(share.bonded()).isEqualTo(20_000_000_000_000L);
        });
    }

    @Test
    void waitsAMinuteForStakesThatAreNotTakenIn() {
        var end = windows.startsAt(windows.open() + 1);
        var stakes = listening("billing-stakes");
        try {
            stakes.stop();
            bondFromOnboarding(new OperatorId("staker-" + UUID.randomUUID()), 1, end.minusSeconds(60));

            assertThat(windows.sealAt(end.plusSeconds(59))).isEmpty();
            assertThat(sealing.sealNext(end.plusSeconds(60), end.plusSeconds(1)))
                    .as("as long as this service has not been there for a minute")
                    .isEmpty();
            assertThat(windows.sealAt(end.plusSeconds(60))).isPresent();
        } finally {
            stakes.start();
        }
    }

    @Test
    void publishesTheStakesThatItReckonedWith() {
        windows.seal();
        var router = market.router();
        bond(router.operator(1), 20_000_000_000_000L);
        bond(router.operator(2), 10_000_000_000_000L);
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 400_000);
        windows.mark(router);
        windows.post(router);

        var settlement = windows.seal();
        var before = settlements.find(settlement.header().epoch() - 1).orElseThrow();

        var path = "/v1/settlements/" + settlement.header().epoch() + "/stakes";
        var shown = new ArrayList<StakeShare>();
        var cursor = "";
        do {
            var page = http.get(path + "?limit=2" + cursor).json();
            for (var item : page.path("items")) {
                shown.add(new StakeShare(
                        new OperatorId(item.path("operatorId").asString()),
                        nano(item.path("bonded").asString()),
                        nano(item.path("share").asString())));
            }
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        var shares = new StakeShares(shown);
        var sharedOut = Objects.requireNonNull(settlement.header().sharedOut());
        var due = Objects.requireNonNull(before.header().sharedOut()).carried() + 40_000;
        assertThat(shares)
                .isEqualTo(StakeShares.of(
                        due, stakes.at(windows.startsAt(settlement.header().epoch() + 1))));
        assertThat(shown).anySatisfy(share -> {
            assertThat(share.operatorId()).isEqualTo(router.operator(1));
            assertThat(share.bonded()).isEqualTo(20_000_000_000_000L);
        });
        assertThat(shares.root()).isEqualTo(sharedOut.stakesRoot());
        assertThat(shares.sum()).isEqualTo(settlement.header().stakersShare());
        assertThat(sharedOut.carried()).isEqualTo(due - shares.sum());
        var view = http.get("/v1/settlements/" + settlement.header().epoch()).json();
        assertThat(view.path("stakesRoot").asString()).isEqualTo(sharedOut.stakesRoot());
        assertThat(view.path("stakersCarried").asString()).isEqualTo(Amount.decimal(sharedOut.carried()));
        var whole = http.get(path).body();
        bond(router.operator(1), 1);
        assertThat(http.get(path).body()).as("sealed").isEqualTo(whole);
    }

    @Test
    void namesNoStakesWhereNothingIsDue() {
        var last = windows.seal();
        var sharedOut = Objects.requireNonNull(last.header().sharedOut());

        assertThat(StakeShares.NONE.root().equals(sharedOut.stakesRoot()))
                .isEqualTo(http.get("/v1/settlements/" + last.header().epoch() + "/stakes")
                        .json()
                        .path("items")
                        .isEmpty());
        for (var query : List.of("limit=0", "limit=501", "limit=x", "cursor=%00")) {
            assertThat(http.get("/v1/settlements/" + last.header().epoch() + "/stakes?" + query)
                            .problem())
                    .isEqualTo("400 INVALID_REQUEST");
        }
    }

    @Test
    void showsAWindowThatWasSealedBeforeStakesWerePublished() {
        var last = settlements.find(windows.open() - 1).orElseThrow();
        var header = new SettlementHeader(
                last.header().epoch() + 1,
                last.header().endsAt(),
                last.header().endsAt() + Windows.LENGTH.toMillis(),
                0,
                "00".repeat(32),
                last.header().hash(),
                last.header().publicKey(),
                Sums.NOTHING,
                0,
                List.of("1"),
                List.of());
        transaction.executeWithoutResult(status -> {
            settlements.add(last.place() + 1, header, new byte[64], 0, List.of());
            var old = settlements.find(header.epoch()).orElseThrow();

            assertThat(old.header()).isEqualTo(header);
            assertThat(SettlementView.inList(old).stakesRoot()).isNull();
            assertThat(SettlementView.inList(old).stakersCarried()).isNull();
            assertThatThrownBy(() -> stakeController.stakes(Long.toString(header.epoch()), null, null))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("before the stakes of windows were published");
            status.setRollbackOnly();
        });
    }

    @Test
    void comesToTheSameWhenItIsDoneAgain() {
        var router = market.router();
        bond(router.operator(1), 10_000_000_000_000L);
        var lease = router.lease(http.customer("1"), 1_000_000);
        router.charged(lease, 4_000);
        windows.mark(router);
        windows.post(router);
        var now = windows.startsAt(windows.open() + 1).plus(Windows.OVERDUE);
        var chain = settlements.last().orElseThrow().place();

        var undone = transaction.execute(status -> {
            sealing.sealNext(now, Instant.EPOCH);
            status.setRollbackOnly();
            return settlements.last().orElseThrow().header();
        });
        assertThat(settlements.last().orElseThrow().place()).isEqualTo(chain);
        var done = windows.seal();

        assertThat(done.header()).isEqualTo(undone);
        auditor.check(done);
    }

    @Test
    void isSealedByOneAtATime() throws Exception {
        var now = windows.startsAt(windows.open() + 1).plus(Windows.OVERDUE);
        try (var other = Executors.newSingleThreadExecutor()) {
            transaction.executeWithoutResult(_ -> {
                assertThat(settlements.lock()).isTrue();
                try {
                    assertThat(other.submit(() -> sealing.sealNext(now, Instant.EPOCH))
                                    .get())
                            .isEmpty();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
        }
        assertThat(windows.sealAt(now)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update settlement set leaf_count = 0",
                "delete from settlement",
                "delete from settlement_range",
                "update settlement_node set hashes = ''",
                "truncate settlement_correction",
                "update settlement_stakes set shares = ''",
                "update statement_entry set amount = 1"
            })
    void neverChanges(String change) {
        windows.seal();

        assertThatThrownBy(() -> jdbc.sql(change).update()).isInstanceOf(DataAccessException.class);
    }

    @Test
    void refusesWhatIsNotThere() {
        var router = market.router();
        var lease = router.lease(http.customer("1"), 1_000_000);
        var sequence = router.charged(lease, 4_000);
        var raceId = raceIds.seal(new RaceAddress(router.id, router.incarnation, sequence), router.now());
        windows.mark(router);
        windows.post(router);
        var epoch = windows.open();
        var last = settlements.last().orElseThrow().header();

        assertThat(http.get("/v1/settlements/" + epoch).problem()).isEqualTo("409 NOT_SEALED");
        assertThat(http.get("/v1/settlements/" + epoch + "/proofs/" + raceId).problem())
                .isEqualTo("409 NOT_SEALED");
        assertThat(http.get("/v1/settlements/" + last.epoch() + "/proofs/" + raceId)
                        .problem())
                .isEqualTo("409 NOT_SEALED");
        assertThat(http.get("/v1/settlements/" + epoch + "/leaves").problem()).isEqualTo("409 NOT_SEALED");
        assertThat(http.get("/v1/settlements/" + epoch + "/stakes").problem()).isEqualTo("409 NOT_SEALED");
        assertThat(http.get("/v1/races/" + raceId).json().path("settlement").isNull())
                .isTrue();

        windows.seal();
        var next = windows.seal().header().epoch();
        for (var path : List.of(
                "/v1/settlements/0",
                "/v1/settlements/x",
                "/v1/settlements/-1",
                "/v1/settlements/99999999999999999999",
                "/v1/settlements/0/stakes",
                "/v1/settlements/x/stakes",
                "/v1/settlements/" + epoch + "/proofs/" + "0".repeat(32),
                "/v1/settlements/" + epoch + "/proofs/x",
                "/v1/settlements/" + next + "/proofs/" + raceId,
                "/v1/parameters/2",
                "/v1/parameters/1+00000000")) {
            assertThat(http.get(path).problem()).as(path).isEqualTo("404 NOT_FOUND");
        }
        assertThat(http.get("/v1/settlements/" + next + "/proofs/" + raceId).text("detail"))
                .isEqualTo("This race is in the window of epoch " + epoch + ".");
        for (var query : List.of("from=-1", "from=1000000", "from=x", "limit=0", "limit=10001", "limit=x")) {
            assertThat(http.get("/v1/settlements/" + epoch + "/leaves?" + query).problem())
                    .as(query)
                    .isEqualTo("400 INVALID_REQUEST");
        }
        for (var query : List.of("limit=0", "limit=501", "cursor=x")) {
            assertThat(http.get("/v1/settlements?" + query).problem()).isEqualTo("400 INVALID_REQUEST");
        }
    }

    @Test
    void listsWindowsNewestFirst() {
        var older = windows.seal().header();
        var newer = windows.seal().header();

        var page = http.get("/v1/settlements?limit=1").json();
        var next = http.get("/v1/settlements?limit=1&cursor="
                        + page.path("nextCursor").asString())
                .json();

        assertThat(page.path("items").path(0).path("epoch").asLong()).isEqualTo(newer.epoch());
        assertThat(page.path("items").path(0).path("hash").asString()).isEqualTo(newer.hash());
        assertThat(page.path("items").path(0).has("ranges")).isFalse();
        assertThat(next.path("items").path(0).path("epoch").asLong()).isEqualTo(older.epoch());
    }

    @Test
    void publishesTheParametersBehindAVersion() {
        var published = http.get("/v1/parameters/1").json();

        assertThat(published.path("version").asString()).isEqualTo("1");
        assertThat(published.path("parameters").path("epoch").asString()).isEqualTo("5m");
        assertThat(published.path("parameters").propertyNames())
                .containsExactlyElementsOf(Parameters.defaults().published().keySet());
    }

    private static long nano(String decimal) {
        return new BigDecimal(decimal).movePointRight(9).longValueExact();
    }

    private MessageListenerContainer listening(String group) {
        return listeners.getListenerContainers().stream()
                .filter(container -> group.equals(container.getGroupId()))
                .findFirst()
                .orElseThrow();
    }

    private static void bondFromOnboarding(OperatorId operator, long nano, Instant at) {
        var change = new StakeChanged(
                UUID.randomUUID().toString(),
                at,
                1,
                operator.value(),
                StakeChanged.Kind.DEPOSITED,
                "late-" + operator,
                "sandbox",
                Long.toString(nano));
        Broker.send(Topics.STAKES, null, operator.value(), JsonMapper.shared().writeValueAsBytes(change));
    }

    private void bond(OperatorId operator, long nano) {
        bond(operator, nano, Instant.EPOCH);
    }

    private void bond(OperatorId operator, long nano, Instant at) {
        post(new Entries().move(Account.deposits(Asset.STRM), Account.stake(operator), nano), at);
    }

    private void post(Entries entries, Instant at) {
        transaction.executeWithoutResult(
                _ -> ledger.post(new Batch("test/" + UUID.randomUUID(), Batch.Kind.STAKE, at, entries)));
    }
}
