package io.streamsync.verifier;

import static io.streamsync.verifier.EpochVerifierTests.LATER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.Sums;
import io.streamsync.protocol.settlement.Tally;
import io.streamsync.verifier.check.Receipt;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.publication.Correction;
import io.streamsync.verifier.publication.Corrections;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.EpochPage.Taken;
import io.streamsync.verifier.publication.NotCheckableException;
import io.streamsync.verifier.publication.Proof;
import io.streamsync.verifier.publication.PublishedLeaf;
import io.streamsync.verifier.publication.Settlement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// The records are honest, or whole; what is published of them is not.
class PublicationForgeryTests {

    private final Forger forger = new Forger();
    private final Installation market = forger.market;

    @Test
    void catchesAWrongVerifiersShare() {
        assertThat(Forger.found(summed(0, -400, 400))).containsOnlyKeys(FindingCode.SUMS_WRONG);
    }

    @Test
    void catchesAPoolWithAnotherSum() {
        assertThat(Forger.found(summed(1, 0, 0))).containsOnlyKeys(FindingCode.SUMS_WRONG);
    }

    @Test
    void catchesMoreForStakesThanTheyEarned() {
        var published = market.publish();
        published.stakesFrom = Long.MAX_VALUE;
        published.seal(market.key, UnaryOperator.identity());
        var before = header(published, Installation.BEFORE).sums().stakers();
        var both = before + header(published, Installation.WINDOW).sums().stakers();

        published.resign(Installation.WINDOW, header -> Copy.stakersShare(header, both));
        assertThat(Forger.found(published)).isEmpty();

        published.resign(Installation.WINDOW, header -> Copy.stakersShare(header, both + 1));
        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.STAKERS_SHARE);

        published.resign(Installation.BEFORE, header -> Copy.stakersShare(header, before));
        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.STAKERS_SHARE);
    }

    @Test
    void catchesAChangedLeaf() {
        var published = market.publish();
        var leaves = Objects.requireNonNull(published.leaves.get(Installation.WINDOW));
        var leaf = leaves.get(7);
        var changed = leaf.bytes();
        changed[changed.length - 1] ^= 1;
        leaves.set(7, new Leaf(leaf.router(), leaf.incarnation(), leaf.position(), changed));

        assertThat(Forger.found(published)).containsKey(FindingCode.ROOT);
    }

    @Test
    void catchesALeafThatIsNoRecord() {
        var published = market.publish();
        var leaves = Objects.requireNonNull(published.leaves.get(Installation.WINDOW));
        var leaf = leaves.get(7);
        leaves.set(7, new Leaf(leaf.router(), leaf.incarnation(), leaf.position(), new byte[] {99}));

        assertThat(Forger.found(published)).containsKeys(FindingCode.LEAF_UNREADABLE, FindingCode.ROOT);
    }

    @Test
    void catchesALeafThatIsLeftOut() {
        var published = market.publish();
        Objects.requireNonNull(published.leaves.get(Installation.WINDOW)).remove(7);

        assertThat(Forger.found(published))
                .containsKeys(FindingCode.ROOT, FindingCode.LEAF_COUNT, FindingCode.POSITION_GAP);
    }

    @Test
    void catchesStreamsOutOfTheirOrder() {
        var published = market.publish();
        Objects.requireNonNull(published.leaves.get(Installation.WINDOW))
                .sort(Comparator.comparingInt(Leaf::router).reversed());
        published.seal(market.key, UnaryOperator.identity());

        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.RANGE_GAP);
    }

    @Test
    void catchesAChangedParameter() {
        var published = market.publish();
        var changed = new HashMap<>(market.parameters.published());
        changed.put("operatorShare", 5_500);
        published.parameters.put(market.parameters.version(), changed);

        assertThat(Forger.found(published)).containsKey(FindingCode.PARAMETERS_CHANGED);
    }

    @Test
    void catchesParametersThatAreNotPublished() {
        var published = market.publish();
        published.parameters.clear();

        assertThat(Forger.found(published)).containsKey(FindingCode.PARAMETERS_MISSING);
    }

    @Test
    void catchesASnapshotThatIsNotPublished() {
        var published = market.publish();
        published.snapshots.remove(hash(1));

        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.SNAPSHOT_MISSING);
    }

    @Test
    void catchesAChangedSnapshot() {
        var published = market.publish();
        published.snapshots.put(
                market.snapshots.getLast().hash(),
                Asks.snapshot(market.parameters, 301).canonical());

        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.SNAPSHOT_CHANGED);
    }

    @Test
    void catchesASnapshotThatTheRouterNeverNamed() {
        var published = market.publish();
        market.windows().forEach(epoch -> take(published, epoch, new Taken(hash(0), at(epoch, 0))));

        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.SNAPSHOT_NOT_NAMED);
    }

    @Test
    void catchesASnapshotThatHadBeenReplaced() {
        var published = market.publish();
        take(published, Installation.BEFORE, new Taken(hash(0), at(Installation.BEFORE, 0)), second(-70));
        take(published, Installation.WINDOW, new Taken(hash(1), at(Installation.WINDOW, 0)));

        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.SNAPSHOT_NOT_IN_FORCE);
    }

    @Test
    void catchesASnapshotThatWasStillToCome() {
        var published = market.publish();
        take(published, Installation.WINDOW, new Taken(hash(0), at(Installation.WINDOW, 0)), second(200));

        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.SNAPSHOT_NOT_IN_FORCE);
    }

    /// A query waits for its draw, clocks are set, and a market comes back to what it was.
    @Test
    void accusesNobodyOfASnapshotOfTheMinuteBeside() {
        var published = market.publish();
        for (var seconds : List.of(2, 60, 125)) {
            take(published, Installation.WINDOW, new Taken(hash(0), at(Installation.WINDOW, 0)), second(seconds));
            assertThat(Forger.found(published)).as("%d s", seconds).isEmpty();
        }

        take(
                published,
                Installation.WINDOW,
                new Taken(hash(1), at(Installation.WINDOW, 0)),
                new Taken(hash(0), at(Installation.WINDOW, 1)),
                second(60),
                new Taken(hash(0), at(Installation.WINDOW, 150)),
                second(170),
                second(171));
        assertThat(Forger.found(published)).isEmpty();
    }

    @Test
    void cannotTellTheMomentWherePagesDoNotSayIt() {
        var published = market.publish();
        take(published, Installation.WINDOW, new Taken(hash(0), null), new Taken(hash(1), null));

        var report = new EpochVerifier(published, LATER).verify(Installation.WINDOW, List.of());

        assertThat(report.fits()).isTrue();
        assertThat(report.checked().waiting())
                .contains("when router 2/1 took its snapshots of epoch " + Installation.WINDOW);
    }

    @Test
    void catchesSkipsThatThePageDoesNotShow() {
        var published = market.publish();
        Forger.page(
                published,
                Installation.WINDOW,
                page -> new RouterPage(page.stream(), page.commitment(), page.secret(), page.taken(), List.of()));

        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.SKIPS_MISCOUNTED);
    }

    @Test
    void catchesASecretThatDoesNotFit() {
        var published = market.publish();
        Forger.page(published, Installation.WINDOW, page -> Copy.page(page, page.commitment(), "ab".repeat(32)));

        assertThat(Forger.found(published)).containsKey(FindingCode.SECRET_MISMATCH);
    }

    @Test
    void catchesASecretThatWasChosenAfterwards() {
        var published = market.publish();
        published.epochs.remove(Installation.WINDOW);

        assertThat(Forger.found(published)).containsKey(FindingCode.NO_COMMITMENT);
    }

    @Test
    void catchesASecretThatIsWithheld() {
        var published = market.publish();
        Forger.page(published, Installation.WINDOW, page -> Copy.page(page, page.commitment(), null));

        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.SECRET_WITHHELD);
    }

    @Test
    void catchesASecretThatWasToldBefore() {
        var published = market.publish();
        var page = Objects.requireNonNull(published.epochs.get(Installation.WINDOW))
                .of(Installation.STEADY)
                .orElseThrow();
        Forger.page(published, Installation.BEFORE, _ -> page);

        assertThat(Forger.found(published)).containsKey(FindingCode.SECRET_REPEATED);
    }

    @Test
    void catchesAReplacedHeader() {
        var published = market.publish();
        var honest = published.settlements.get(Installation.AFTER);
        published.leaves.put(
                Installation.WINDOW, market.leaves(Installation.WINDOW).subList(0, 100));
        published.seal(market.key, UnaryOperator.identity());
        published.settlements.put(Installation.AFTER, Objects.requireNonNull(honest));

        assertThat(Forger.found(published)).containsKey(FindingCode.CHAIN_BROKEN);
    }

    @Test
    void catchesAReplacedHeaderWhereEpochsAreNumberedAnew() {
        var published = market.publish();
        published.renumberTheFirst(Installation.BEFORE / 2);
        assertThat(Forger.found(published)).doesNotContainKeys(FindingCode.CHAIN_BROKEN, FindingCode.RANGE_GAP);

        var first = published.settlements.firstKey();
        published.seal(first, market.key, "ab".repeat(32), UnaryOperator.identity());

        assertThat(Forger.found(published)).containsKey(FindingCode.CHAIN_BROKEN);
    }

    @Test
    void catchesAChainThatBeginsAnew() {
        var published = market.publish();
        published.resign(Installation.WINDOW, header -> Copy.previous(header, SettlementHeader.NO_PREVIOUS));

        assertThat(Forger.found(published)).containsKey(FindingCode.CHAIN_BROKEN);
    }

    @Test
    void catchesAnEpochThatWasLeftOut() {
        var published = market.publish();
        var both = new ArrayList<>(Objects.requireNonNull(published.leaves.remove(Installation.WINDOW)));
        both.addAll(Objects.requireNonNull(published.leaves.get(Installation.AFTER)));
        both.sort(Comparator.comparingInt(Leaf::router)
                .thenComparingInt(Leaf::incarnation)
                .thenComparingLong(Leaf::position));
        published.leaves.put(Installation.AFTER, both);
        published.settlements.clear();
        published.seal(market.key, UnaryOperator.identity());

        assertThat(Forger.found(published, Installation.AFTER)).containsOnlyKeys(FindingCode.CHAIN_BROKEN);
    }

    @Test
    void catchesAnEpochOfAnotherTime() {
        var published = market.publish();
        published.resign(
                Installation.WINDOW,
                header -> Copy.times(header, header.startsAt(), 2 * header.endsAt() - header.startsAt()));

        assertThat(Forger.found(published)).containsKey(FindingCode.HEADER_CONTRADICTED);
    }

    @Test
    void catchesAWindowWithoutRules() {
        var published = market.publish();
        published.leaves.put(Published.LAST, List.of());
        published.resign(Published.LAST, header -> Copy.versions(header, List.of()));

        assertThat(Forger.found(published, Published.LAST)).containsOnlyKeys(FindingCode.HEADER_CONTRADICTED);
    }

    @Test
    void catchesAHeaderOfAnotherKey() {
        var published = market.publish();
        var previous = header(published, Installation.BEFORE).hash();
        published.seal(Installation.WINDOW, Installation.newKey(), previous, UnaryOperator.identity());

        assertThat(Forger.found(published)).containsKey(FindingCode.KEY_CHANGED);
    }

    @Test
    void catchesAHeaderThatNobodySigned() {
        var published = market.publish();
        published.settlements.computeIfPresent(
                Installation.WINDOW,
                (_, honest) -> new Settlement(
                        Copy.stakersShare(honest.header(), 1),
                        honest.signature(),
                        honest.publicKey(),
                        Map.of(),
                        honest.corrections()));

        assertThat(Forger.found(published)).containsKeys(FindingCode.HEADER_SIGNATURE, FindingCode.CHAIN_BROKEN);
    }

    @Test
    void catchesWhatIsShownOtherwiseThanSigned() {
        var published = market.publish();
        show(published, Map.of("leafCount", "7", "sums.charged", "1000"));

        assertThat(Forger.found(published)).containsOnly(Map.entry(FindingCode.HEADER_CONTRADICTED, 2L));
    }

    @Test
    void catchesAStreamThatLeapsBetweenWindows() {
        var published = market.publish();
        Objects.requireNonNull(published.leaves.get(Installation.BEFORE))
                .removeIf(leaf -> leaf.router() == 2 && leaf.position() > 100);
        published.seal(market.key, UnaryOperator.identity());

        assertThat(Forger.found(published)).containsKey(FindingCode.RANGE_GAP);
    }

    /// The header of long ago is signed, too; that another was in its place shows only in the chain.
    @Test
    void catchesALeapThatAHeaderOfLongAgoIsForgedFor() {
        var published = market.publish();
        var hidden = Objects.requireNonNull(published.leaves.get(Installation.WINDOW)).stream()
                .filter(leaf -> leaf.router() == 2)
                .toList();
        Objects.requireNonNull(published.leaves.get(Installation.WINDOW)).removeAll(hidden);
        published.seal(market.key, UnaryOperator.identity());
        assertThat(Forger.found(published, Installation.AFTER)).containsKey(FindingCode.RANGE_GAP);

        Objects.requireNonNull(published.leaves.get(Installation.BEFORE)).addAll(hidden);
        published.seal(Installation.BEFORE, market.key, SettlementHeader.NO_PREVIOUS, UnaryOperator.identity());

        assertThat(Forger.found(published, Installation.AFTER))
                .doesNotContainKey(FindingCode.RANGE_GAP)
                .containsKey(FindingCode.CHAIN_BROKEN);
    }

    @Test
    void catchesACorrectionOfARaceThatThereIsNot() {
        var published = market.publish();
        var settlement = settlement(published, Installation.WINDOW);
        correct(
                published,
                settlement.corrections().count() + 1,
                List.of(new Correction("0".repeat(32), Installation.BEFORE)));

        assertThat(Forger.found(published)).containsOnly(Map.entry(FindingCode.CORRECTION_WRONG, 2L));
    }

    @Test
    void catchesACorrectionThatIsNamedTwice() {
        var busy = new Forger(11, 1_500);
        giveBackLate(busy);
        giveBackLate(busy);
        var published = busy.market.publish();
        var honest = settlement(published, Installation.WINDOW).corrections();
        assertThat(Forger.found(published)).isEmpty();
        assertThat(honest.count()).isGreaterThanOrEqualTo(2);

        var twice = new ArrayList<>(honest.first());
        twice.set(1, twice.getFirst());
        correct(published, honest.count(), twice);

        assertThat(Forger.found(published)).containsOnly(Map.entry(FindingCode.CORRECTION_WRONG, 1L));
    }

    @Test
    void catchesCorrectionsThatAreCountedAndNotNamed() {
        giveBackLate(forger);
        var published = market.publish();
        var honest = settlement(published, Installation.WINDOW).corrections();
        correct(published, honest.count(), List.of());

        assertThat(Forger.found(published)).containsOnly(Map.entry(FindingCode.CORRECTION_WRONG, 1L));
    }

    @Test
    void catchesACorrectionThatIsNotProven() {
        giveBackLate(forger);
        var published = market.publish();
        var lying = new Relay(published) {
            @Override
            public Optional<Proof> proof(long epoch, String raceId) {
                return super.proof(epoch, raceId)
                        .map(proof -> new Proof(
                                raceId, proof.leafBytes(), proof.index(), proof.leafCount(), List.of(), proof.root()));
            }
        };

        assertThat(Forger.found(lying)).containsOnlyKeys(FindingCode.CORRECTION_WRONG);
    }

    @Test
    void catchesAnOmittedRaceByItsReceipt() {
        var receipts = market.publish().receipts(Installation.WINDOW);
        var last = forger.races(Installation.WINDOW).getLast();
        // with everything behind it, so that no number is missing
        forger.steady.records.removeIf(
                record -> Forger.sequence(record) >= last.race().sequence());

        var report = new EpochVerifier(market.publish(), LATER).verify(Installation.WINDOW, receipts);

        assertThat(report.counts()).containsOnlyKeys(FindingCode.RACE_OMITTED);
        assertThat(report.findings())
                .anySatisfy(finding ->
                        assertThat(finding.where().raceId()).isEqualTo(Published.raceId(Installation.STEADY, last)));
    }

    /// Its record may be late by three windows: before these are sealed nobody knows.
    @Test
    void accusesNobodyOfARaceThatMayStillBeSettled() {
        var published = market.publish();
        published.settlements.remove(Published.LAST);

        var report = new EpochVerifier(published, LATER)
                .verify(Installation.WINDOW, List.of(new Receipt("0".repeat(32), null, null, null)));

        assertThat(report.fits()).isTrue();
        assertThat(report.checked().waiting())
                .containsExactly("race " + "0".repeat(32) + ", which a window may settle that is not sealed yet");
    }

    @Test
    void catchesAReceiptOfAnotherFee() {
        var receipts = market.publish().receipts(Installation.WINDOW);
        forger.outcome(
                outcome -> outcome.feeNano() > 0,
                outcome -> Copy.money(outcome, outcome.priceNano(), 0, RefundReason.SLA_MISSED));

        var report = new EpochVerifier(market.publish(), LATER).verify(Installation.WINDOW, receipts);

        assertThat(report.counts()).containsKey(FindingCode.RECEIPT_MISMATCH);
    }

    @Test
    void catchesTwoReceiptsThatOneRaceProves() {
        var published = market.publish();
        var ids = published.receipts(Installation.WINDOW).stream()
                .map(receipt -> new Receipt(receipt.raceId(), null, null, null))
                .limit(2)
                .toList();
        var lying = new Relay(published) {
            @Override
            public Optional<Proof> proof(long epoch, String raceId) {
                return super.proof(epoch, ids.getFirst().raceId())
                        .map(proof -> new Proof(
                                raceId,
                                proof.leafBytes(),
                                proof.index(),
                                proof.leafCount(),
                                proof.path(),
                                proof.root()));
            }
        };

        assertThat(new EpochVerifier(lying, LATER)
                        .verify(Installation.WINDOW, ids)
                        .counts())
                .containsOnlyKeys(FindingCode.PROOF_WRONG);
    }

    /// The one window that has the race was made for whoever asks for it.
    @Test
    void catchesALaterWindowThatAnotherKeySigned() {
        var published = market.publish();
        published.seal(
                Installation.AFTER,
                Installation.newKey(),
                header(published, Installation.WINDOW).hash(),
                UnaryOperator.identity());

        assertThat(new EpochVerifier(published, LATER)
                        .verify(
                                Installation.WINDOW,
                                published.receipts(Installation.AFTER).subList(0, 1))
                        .counts())
                .containsKey(FindingCode.KEY_CHANGED);
    }

    @Test
    void tellsWhatItFoundBeforeItCouldNotGoOn() {
        var published = market.publish();
        var garbage = new Relay(published) {
            @Override
            public boolean leaves(Settlement settlement, Consumer<PublishedLeaf> each) {
                throw new IllegalStateException("no \u001B[2Jleaf");
            }
        };

        assertThatThrownBy(() -> Forger.found(garbage))
                .isInstanceOf(NotCheckableException.class)
                .hasMessageContaining("no \uFFFD[2Jleaf");

        show(published, Map.of("root", "\u001B[2J" + "Everything fits. ".repeat(1_000)));
        var report = new EpochVerifier(garbage, LATER).verify(Installation.WINDOW, List.of());

        assertThat(report.counts()).containsOnlyKeys(FindingCode.HEADER_CONTRADICTED);
        assertThat(report.isComplete()).isFalse();
        assertThat(report.findings().getFirst().sentence())
                .doesNotContain("\u001B")
                .hasSizeLessThan(2_000);
    }

    /// A verdict that gives back the fee of a race of the window before, once it is settled.
    private static void giveBackLate(Forger forger) {
        var records = forger.steady.records;
        var wrong = forger.steady.all(Verified.class).stream()
                .filter(verified -> Tally.givesBack(verified)
                        && verified.feeNano() > 0
                        && isBefore(forger, forger.race(verified.sequence())))
                .toList()
                .getLast();
        records.remove(wrong);
        var first = forger.races(Installation.WINDOW).getFirst();
        records.add(records.indexOf(first) + 1, Copy.at(wrong, first.race().occurredAt() + 10));
    }

    /// Not yet given back late.
    private static boolean isBefore(Forger forger, Answered race) {
        return race.race().epoch() == Installation.BEFORE
                && forger.verdict(race.race().sequence()).occurredAt()
                        < forger.races(Installation.WINDOW).getFirst().race().occurredAt();
    }

    /// Sums by which pools have more or less than the leaves say.
    private Published summed(long treasury, long operators, long insurance) {
        return new Published(
                market,
                sums -> new Sums(
                        sums.charged(),
                        sums.refunded(),
                        sums.operators() + operators,
                        sums.verifiers(),
                        sums.stakers(),
                        sums.treasury() + treasury,
                        sums.insurance() + insurance));
    }

    private static void show(Published published, Map<String, String> shown) {
        published.settlements.computeIfPresent(
                Installation.WINDOW,
                (_, honest) -> new Settlement(
                        honest.header(), honest.signature(), honest.publicKey(), shown, honest.corrections()));
    }

    private static void correct(Published published, long count, List<Correction> first) {
        published.settlements.computeIfPresent(
                Installation.WINDOW,
                (_, honest) -> new Settlement(
                        honest.header(),
                        honest.signature(),
                        honest.publicKey(),
                        Map.of(),
                        new Corrections(count, first)));
    }

    private static SettlementHeader header(Published published, long epoch) {
        return settlement(published, epoch).header();
    }

    /// What the steady router says it worked from.
    private static void take(Published published, long epoch, Taken... taken) {
        Forger.page(published, epoch, page -> Copy.taken(page, List.of(taken)));
    }

    private Taken second(int seconds) {
        return new Taken(hash(1), at(Installation.WINDOW, seconds));
    }

    private String hash(int snapshot) {
        return market.snapshots.get(snapshot).hash();
    }

    private Instant at(long epoch, int seconds) {
        return Instant.ofEpochMilli(epoch * market.parameters.epoch().toMillis())
                .plusSeconds(seconds);
    }

    private static Settlement settlement(Published published, long epoch) {
        return published.settlement(epoch).orElseThrow();
    }
}
