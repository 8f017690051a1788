package io.streamsync.verifier;

import static io.streamsync.verifier.EpochVerifierTests.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Asked;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Sla;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.Sums;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.publication.Correction;
import io.streamsync.verifier.publication.Corrections;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.Settlement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Each forgery is whole: whoever makes it owns the market and signs what comes of it. Only the rule is broken.
class ForgeryTests {

    private final Installation market = new Installation(11, 3_000);
    private final TestStream steady = market.stream(Installation.STEADY);

    @Test
    void catchesADrawThatIgnoredTheSecret() {
        forge(answered -> answered.asked().places().size() > 2, answered -> {
            var places = new ArrayList<>(answered.asked().places());
            Collections.swap(places, 0, 1);
            return with(answered, places);
        });

        assertThat(found()).containsKey(FindingCode.DRAW);
    }

    @Test
    void catchesADrawThatIgnoredTheWeights() {
        var friend = Asks.operator(0);
        forge(
                answered -> answered.outcome().winner() == 0
                        && answered.asked().places().stream()
                                .noneMatch(place -> place.operatorId().equals(friend)),
                answered -> {
                    var places = new ArrayList<>(answered.asked().places());
                    places.set(
                            0,
                            new AskedPlace(
                                    market.snapshots
                                            .getFirst()
                                            .nodes()
                                            .getFirst()
                                            .id(),
                                    friend,
                                    Place.RACING,
                                    0));
                    return with(answered, places);
                });

        assertThat(found()).containsKey(FindingCode.DRAW);
    }

    @Test
    void catchesASequenceWithAGap() {
        var races = steady.all(Answered.class).stream()
                .filter(answered -> answered.race().epoch() == Installation.WINDOW)
                .toList();
        var hidden = races.get(races.size() / 2).race().sequence();
        steady.records.removeIf(record -> sequence(record) == hidden);

        assertThat(found()).containsOnlyKeys(FindingCode.SEQUENCE_GAP);
    }

    @Test
    void catchesANumberGivenTwice() {
        var races = steady.all(Answered.class);
        var twice = races.get(races.size() / 2);
        steady.records.add(steady.records.indexOf(twice) + 1, twice);

        assertThat(found()).containsKey(FindingCode.SEQUENCE_REPEATED);
    }

    @Test
    void catchesSkipsThatSingleOutARival() {
        var singling = new Installation(3, 600, Map.of(Asks.operator(5), 0.5));

        var report = new EpochVerifier(singling.publish(), LATER).verify(Installation.WINDOW, List.of());

        assertThat(report.counts()).containsOnlyKeys(FindingCode.SKIPS_SINGLE_OUT);
        assertThat(report.findings())
                .allSatisfy(finding -> assertThat(finding.sentence()).contains("router 1 to skip operator operator-5"));
    }

    @Test
    void catchesAFeeAboveTheAsk() {
        forge(answered -> answered.outcome().feeNano() > 0, answered -> {
            var outcome = answered.outcome();
            return with(answered, outcome, outcome.priceNano() + 1, outcome.feeNano() + 1, null, outcome.sla());
        });

        assertThat(found()).containsKey(FindingCode.FEE_ABOVE_ASK);
    }

    @Test
    void catchesAMissingRefundOfALateAnswer() {
        forge(answered -> answered.outcome().refund() == RefundReason.SLA_MISSED, answered -> {
            var outcome = answered.outcome();
            return with(answered, outcome, outcome.priceNano(), outcome.priceNano(), null, outcome.sla());
        });

        assertThat(found()).containsKey(FindingCode.REFUND_MISSING);
    }

    @Test
    void catchesALateAnswerThatIsCalledPunctual() {
        forge(answered -> answered.outcome().refund() == RefundReason.SLA_MISSED, answered -> {
            var outcome = answered.outcome();
            var sla = Objects.requireNonNull(outcome.sla());
            return with(
                    answered,
                    outcome,
                    outcome.priceNano(),
                    outcome.priceNano(),
                    null,
                    new Sla(sla.maxLatencyMs(), sla.ofCustomer(), true));
        });

        assertThat(found()).containsKeys(FindingCode.REFUND_MISSING, FindingCode.SLA_WRONG);
    }

    @Test
    void catchesAnSlaThatIsNotTheWinners() {
        forge(
                answered -> answered.outcome().sla() != null
                        && !Objects.requireNonNull(answered.outcome().sla()).ofCustomer(),
                answered -> {
                    var outcome = answered.outcome();
                    return with(
                            answered,
                            outcome,
                            outcome.priceNano(),
                            outcome.feeNano(),
                            outcome.refund(),
                            new Sla(
                                    9_000,
                                    false,
                                    Objects.requireNonNull(outcome.sla()).met()));
                });

        assertThat(found()).containsKey(FindingCode.SLA_WRONG);
    }

    @Test
    void catchesAMissingRefundOfAWrongAnswer() {
        var changed = steady.change(
                Verified.class,
                verified -> verified.status() == RaceStatus.CONTRADICTED && isInWindow(verified.sequence()),
                verified -> with(verified, RaceStatus.UNVERIFIED, verified.results()));

        assertThat(changed.feeNano()).isPositive();
        assertThat(found()).containsOnlyKeys(FindingCode.STATUS_WRONG);
    }

    @Test
    void catchesAVerifierThatIsPaidWithoutHavingAgreed() {
        steady.change(
                Verified.class,
                verified -> verified.status() == RaceStatus.INCONCLUSIVE && isInWindow(verified.sequence()),
                verified -> with(verified, RaceStatus.CONFIRMED, verified.results()));

        assertThat(found()).containsOnlyKeys(FindingCode.STATUS_WRONG);
    }

    @Test
    void catchesAWrongVerifiersShare() {
        var published = new Published(
                market,
                sums -> new Sums(
                        sums.charged(),
                        sums.refunded(),
                        sums.operators() - 400,
                        sums.verifiers(),
                        sums.stakers(),
                        sums.treasury(),
                        sums.insurance() + 400));

        assertThat(found(published)).containsOnlyKeys(FindingCode.SUMS_WRONG);
    }

    @Test
    void catchesAPoolWithAnotherSum() {
        var published = new Published(
                market,
                sums -> new Sums(
                        sums.charged(),
                        sums.refunded(),
                        sums.operators(),
                        sums.verifiers(),
                        sums.stakers(),
                        sums.treasury() + 1,
                        sums.insurance()));

        assertThat(found(published)).containsOnlyKeys(FindingCode.SUMS_WRONG);
    }

    @Test
    void catchesAnOmittedRaceByItsReceipt() {
        var receipts = market.publish().receipts(Installation.WINDOW);
        var last = steady.all(Answered.class).stream()
                .filter(answered -> answered.race().epoch() == Installation.WINDOW)
                .reduce((_, second) -> second)
                .orElseThrow();
        // with everything behind it, so that no number is missing
        var omitted = last.race().sequence();
        steady.records.removeIf(record -> sequence(record) >= omitted);

        var report = new EpochVerifier(market.publish(), LATER).verify(Installation.WINDOW, receipts);

        assertThat(report.counts()).containsOnlyKeys(FindingCode.RACE_OMITTED);
        assertThat(report.findings())
                .anySatisfy(finding ->
                        assertThat(finding.where().raceId()).isEqualTo(Published.raceId(Installation.STEADY, last)));
    }

    @Test
    void catchesAReceiptOfAnotherFee() {
        var receipts = market.publish().receipts(Installation.WINDOW);
        forge(answered -> answered.outcome().feeNano() > 0, answered -> {
            var outcome = answered.outcome();
            return with(answered, outcome, outcome.priceNano(), 0, RefundReason.SLA_MISSED, null);
        });

        var report = new EpochVerifier(market.publish(), LATER).verify(Installation.WINDOW, receipts);

        assertThat(report.counts()).containsKey(FindingCode.RECEIPT_MISMATCH);
    }

    @Test
    void catchesAChangedLeaf() {
        var published = market.publish();
        var window = Objects.requireNonNull(published.leaves.get(Installation.WINDOW));
        var leaf = window.get(40);
        var bytes = leaf.bytes();
        bytes[bytes.length - 1] ^= 1;
        window.set(40, new Leaf(leaf.router(), leaf.incarnation(), leaf.position(), bytes));

        assertThat(found(published)).containsKey(FindingCode.ROOT);
    }

    @Test
    void catchesALeafThatIsLeftOut() {
        var published = market.publish();
        Objects.requireNonNull(published.leaves.get(Installation.WINDOW)).remove(40);

        assertThat(found(published)).containsKeys(FindingCode.ROOT, FindingCode.LEAF_COUNT, FindingCode.POSITION_GAP);
    }

    @Test
    void catchesAChangedParameter() {
        var published = market.publish();
        var changed = new HashMap<>(market.parameters.published());
        changed.put("operatorShare", 5_500);
        published.parameters.put(market.parameters.version(), changed);

        assertThat(found(published)).containsKey(FindingCode.PARAMETERS_CHANGED);
    }

    @Test
    void catchesAChangedSnapshot() {
        var published = market.publish();
        var other = Asks.snapshot(market.parameters, 301);
        published.snapshots.put(market.snapshots.getLast().hash(), other.canonical());

        assertThat(found(published)).containsOnlyKeys(FindingCode.SNAPSHOT_CHANGED);
    }

    @Test
    void catchesASnapshotThatTheRouterNeverNamed() {
        var published = market.publish();
        published.epochs.replaceAll((_, page) -> pages(
                page,
                router -> new RouterPage(
                        router.stream(),
                        router.commitment(),
                        router.secret(),
                        List.of(market.snapshots.getFirst().hash()),
                        router.skips())));

        assertThat(found(published)).containsOnlyKeys(FindingCode.SNAPSHOT_NOT_NAMED);
    }

    @Test
    void catchesAReplacedHeader() {
        var published = market.publish();
        var honest = published.settlements.get(Installation.AFTER);
        published.leaves.put(
                Installation.WINDOW, market.leaves(Installation.WINDOW).subList(0, 100));
        published.seal(market.key, UnaryOperator.identity());
        published.settlements.put(Installation.AFTER, Objects.requireNonNull(honest));

        assertThat(found(published)).containsKey(FindingCode.CHAIN_BROKEN);
    }

    @Test
    void catchesAReplacedHeaderWhereEpochsAreNumberedAnew() {
        var published = market.publish();
        published.renumberTheFirst(Installation.BEFORE / 2);
        assertThat(found(published)).doesNotContainKeys(FindingCode.CHAIN_BROKEN, FindingCode.RANGE_GAP);

        var first = published.settlements.firstKey();
        published.seal(first, market.key, "ab".repeat(32), UnaryOperator.identity());

        assertThat(found(published)).containsKey(FindingCode.CHAIN_BROKEN);
    }

    @Test
    void catchesAHeaderOfAnotherKey() {
        var published = market.publish();
        var previous = Objects.requireNonNull(published.settlements.get(Installation.BEFORE))
                .header()
                .hash();
        published.seal(Installation.WINDOW, Installation.newKey(), previous, UnaryOperator.identity());

        assertThat(found(published)).containsKey(FindingCode.KEY_CHANGED);
    }

    @Test
    void catchesAHeaderThatNobodySigned() {
        var published = market.publish();
        var settlement = Objects.requireNonNull(published.settlements.get(Installation.WINDOW));
        var header = settlement.header();
        var changed = new SettlementHeader(
                header.epoch(),
                header.startsAt(),
                header.endsAt(),
                header.leafCount(),
                header.root(),
                header.previous(),
                header.publicKey(),
                header.sums(),
                header.stakersShare() + 1,
                header.parametersVersions(),
                header.ranges());
        published.settlements.put(
                Installation.WINDOW,
                new Settlement(
                        changed, settlement.signature(), settlement.publicKey(), Map.of(), settlement.corrections()));

        assertThat(found(published)).containsKeys(FindingCode.HEADER_SIGNATURE, FindingCode.CHAIN_BROKEN);
    }

    @Test
    void catchesACorrectionOfARaceThatThereIsNot() {
        var published = market.publish();
        var settlement = Objects.requireNonNull(published.settlements.get(Installation.WINDOW));
        published.settlements.put(
                Installation.WINDOW,
                new Settlement(
                        settlement.header(),
                        settlement.signature(),
                        settlement.publicKey(),
                        Map.of(),
                        new Corrections(
                                settlement.corrections().count() + 1,
                                List.of(new Correction("0".repeat(32), Installation.BEFORE)))));

        assertThat(found(published)).containsOnly(Map.entry(FindingCode.CORRECTION_WRONG, 2L));
    }

    @Test
    void catchesWhatIsShownOtherwiseThanSigned() {
        var published = market.publish();
        var settlement = Objects.requireNonNull(published.settlements.get(Installation.WINDOW));
        published.settlements.put(
                Installation.WINDOW,
                new Settlement(
                        settlement.header(),
                        settlement.signature(),
                        settlement.publicKey(),
                        Map.of("leafCount", "7", "sums.charged", "1000"),
                        settlement.corrections()));

        var report = new EpochVerifier(published, LATER).verify(Installation.WINDOW, List.of());

        assertThat(report.counts()).containsOnly(Map.entry(FindingCode.HEADER_CONTRADICTED, 2L));
    }

    @Test
    void catchesASecretThatDoesNotFit() {
        var published = market.publish();
        secret(published, "ab".repeat(32));

        assertThat(found(published)).containsKey(FindingCode.SECRET_MISMATCH);
    }

    @Test
    void catchesASecretThatWasChosenAfterwards() {
        var published = market.publish();
        published.epochs.remove(Installation.WINDOW);

        assertThat(found(published)).containsKey(FindingCode.NO_COMMITMENT);
    }

    @Test
    void catchesASecretThatIsWithheld() {
        var published = market.publish();
        secret(published, null);

        assertThat(found(published)).containsOnlyKeys(FindingCode.SECRET_WITHHELD);
    }

    @Test
    void catchesARaceThatIsDrawnWithAnOldSecret() {
        forge(
                answered -> answered.race().occurredAt() % 300_000 > 100_000,
                answered -> new Answered(
                        epoch(answered.race(), answered.race().epoch() - 1),
                        answered.asked(),
                        answered.outcome(),
                        answered.privatePart()));

        assertThat(found()).containsKey(FindingCode.EPOCH_OF_RACE);
    }

    @Test
    void catchesAStreamThatLeapsBetweenWindows() {
        var published = market.publish();
        var first = published.leaves.get(Installation.BEFORE);
        Objects.requireNonNull(first).removeIf(leaf -> leaf.router() == 2 && leaf.position() > 100);
        published.seal(market.key, UnaryOperator.identity());

        assertThat(found(published)).containsKey(FindingCode.RANGE_GAP);
    }

    @Test
    void catchesAVerdictWithoutARace() {
        var verdict = steady.all(Verified.class).stream()
                .filter(verified -> isInWindow(verified.sequence()))
                .findFirst()
                .orElseThrow();
        steady.records.add(steady.records.indexOf(verdict) + 1, verdict);

        assertThat(found()).containsKey(FindingCode.VERDICT_REPEATED);
    }

    @Test
    void catchesAVerdictThatNeverCame() {
        var early = steady.all(Answered.class).stream()
                .filter(answered -> answered.race().epoch() == Installation.BEFORE
                        && answered.outcome().sla() != null)
                .toList()
                .getFirst();
        steady.records.removeIf(record -> record instanceof Verified verified
                && verified.sequence() == early.race().sequence());

        assertThat(found()).containsOnlyKeys(FindingCode.VERDICT_MISSING);
    }

    @Test
    void catchesAVerdictOnOtherPlaces() {
        steady.change(
                Verified.class,
                verified -> verified.results().size() > 1 && isInWindow(verified.sequence()),
                verified -> with(verified, verified.status(), verified.results().reversed()));

        assertThat(found()).containsKey(FindingCode.VERDICT_MISMATCH);
    }

    @Test
    void catchesAWinnerThatDidNotRace() {
        forge(
                answered -> answered.outcome().winner() == 0
                        && answered.asked().places().getLast().place() == Place.SHADOW,
                answered -> {
                    var outcome = answered.outcome();
                    return new Answered(
                            answered.race(),
                            answered.asked(),
                            new Outcome(
                                    answered.asked().places().size() - 1,
                                    outcome.latencyMicros(),
                                    outcome.slot(),
                                    outcome.priceNano(),
                                    outcome.feeNano(),
                                    outcome.refund(),
                                    outcome.sla(),
                                    false),
                            answered.privatePart());
                });

        assertThat(found()).containsKey(FindingCode.WINNER);
    }

    @Test
    void catchesASubscriptionThatCostsTooMuch() {
        steady.change(
                SubscriptionCharged.class,
                charged -> charged.epoch() == Installation.WINDOW,
                charged -> new SubscriptionCharged(
                        charged.subscriptionId(),
                        charged.occurredAt(),
                        charged.epoch(),
                        charged.parametersVersion(),
                        charged.method(),
                        charged.nodeId(),
                        charged.operatorId(),
                        charged.priceNano(),
                        charged.opened(),
                        charged.notifications(),
                        charged.feeNano() + 2_000,
                        charged.privatePart()));

        assertThat(found()).containsOnlyKeys(FindingCode.SUBSCRIPTION_FEE);
    }

    @Test
    void catchesRecordsBehindTheEndOfAStream() {
        var dead = market.stream(Installation.DYING);
        var end = dead.records.removeLast();
        dead.records.add(dead.records.size() - 20, end);

        assertThat(found()).containsKey(FindingCode.AFTER_STREAM_END);
    }

    @Test
    void catchesSkipsThatThePageDoesNotShow() {
        var published = market.publish();
        published.epochs.replaceAll((_, page) -> pages(
                page,
                router -> new RouterPage(
                        router.stream(), router.commitment(), router.secret(), router.snapshots(), List.of())));

        assertThat(found(published)).containsOnlyKeys(FindingCode.SKIPS_MISCOUNTED);
    }

    private Map<FindingCode, Long> found() {
        return found(market.publish());
    }

    private static long sequence(StreamRecord record) {
        return switch (record) {
            case Answered answered -> answered.race().sequence();
            case Verified verified -> verified.sequence();
            default -> -1;
        };
    }

    private static Map<FindingCode, Long> found(Published published) {
        return new EpochVerifier(published, LATER)
                .verify(Installation.WINDOW, List.of())
                .counts();
    }

    private void forge(Predicate<Answered> which, UnaryOperator<Answered> how) {
        steady.change(
                Answered.class,
                answered -> answered.race().epoch() == Installation.WINDOW && which.test(answered),
                how);
    }

    private boolean isInWindow(long sequence) {
        return steady.all(Answered.class).stream()
                .anyMatch(answered -> answered.race().sequence() == sequence
                        && answered.race().epoch() == Installation.WINDOW
                        && answered.outcome().feeNano() > 0);
    }

    private static void secret(Published published, @Nullable String secret) {
        published.epochs.computeIfPresent(
                Installation.WINDOW,
                (_, page) -> pages(
                        page,
                        router -> router.stream().equals(Installation.STEADY)
                                ? new RouterPage(
                                        router.stream(),
                                        router.commitment(),
                                        secret,
                                        router.snapshots(),
                                        router.skips())
                                : router));
    }

    private static EpochPage pages(EpochPage page, UnaryOperator<RouterPage> how) {
        return new EpochPage(page.epoch(), page.routers().stream().map(how).toList());
    }

    private static Answered with(Answered answered, List<AskedPlace> places) {
        var asked = answered.asked();
        return new Answered(
                answered.race(),
                new Asked(places, asked.skipped(), asked.checked(), asked.unvoted(), asked.despite()),
                answered.outcome(),
                answered.privatePart());
    }

    private static Answered with(
            Answered answered,
            Outcome outcome,
            long price,
            long fee,
            @Nullable RefundReason refund,
            @Nullable Sla sla) {
        return new Answered(
                answered.race(),
                answered.asked(),
                new Outcome(
                        outcome.winner(),
                        outcome.latencyMicros(),
                        outcome.slot(),
                        price,
                        fee,
                        refund,
                        sla,
                        outcome.lateByRouter()),
                answered.privatePart());
    }

    private static Verified with(Verified verified, RaceStatus status, List<Result> results) {
        return new Verified(
                verified.sequence(),
                verified.occurredAt(),
                verified.method(),
                verified.queryClass(),
                verified.parametersVersion(),
                status,
                verified.feeNano(),
                verified.unvoted(),
                results,
                verified.answerHash());
    }

    private static StreamRecord.Race epoch(StreamRecord.Race race, long epoch) {
        return new StreamRecord.Race(
                race.sequence(),
                race.occurredAt(),
                epoch,
                race.snapshot(),
                race.parametersVersion(),
                race.method(),
                race.queryClass(),
                race.requestHash(),
                race.terms(),
                race.minSlot());
    }
}
