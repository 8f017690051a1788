package io.streamsync.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.record.StreamRecord.AskedPlace;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.protocol.record.StreamRecord.Sla;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.verifier.finding.FindingCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One race is forged: its draw, who won, what it cost, what became of it. The forger owns the market and signs what
/// comes of it; only the rule is broken.
class RaceForgeryTests {

    private final Forger forger = new Forger();

    @Test
    void catchesADrawThatIgnoredTheSecret() {
        forger.race(answered -> answered.asked().places().size() > 2, answered -> {
            var places = new ArrayList<>(answered.asked().places());
            Collections.swap(places, 0, 1);
            return Copy.places(answered, places);
        });

        assertThat(forger.found()).containsKey(FindingCode.DRAW);
    }

    @Test
    void catchesADrawThatIgnoredTheWeights() {
        var friend = Asks.operator(0);
        var node = forger.market.snapshots.getFirst().nodes().getFirst().id();
        forger.race(
                answered -> answered.outcome().winner() == 0
                        && answered.asked().places().stream()
                                .noneMatch(place -> place.operatorId().equals(friend)),
                answered -> {
                    var places = new ArrayList<>(answered.asked().places());
                    places.set(0, new AskedPlace(node, friend, Place.RACING, 0));
                    return Copy.places(answered, places);
                });

        assertThat(forger.found()).containsKey(FindingCode.DRAW);
    }

    @Test
    void catchesSkipsThatSingleOutARival() {
        var singling = new Installation(3, 600, Map.of(Asks.operator(5), 0.5));

        var report =
                new EpochVerifier(singling.publish(), EpochVerifierTests.LATER).verify(Installation.WINDOW, List.of());

        assertThat(report.counts()).containsOnlyKeys(FindingCode.SKIPS_SINGLE_OUT);
        assertThat(report.findings())
                .allSatisfy(finding -> assertThat(finding.sentence()).contains("router 1 to skip operator operator-5"));
    }

    @Test
    void catchesAFeeAboveTheAsk() {
        forger.outcome(
                outcome -> outcome.feeNano() > 0,
                outcome -> Copy.money(outcome, outcome.priceNano() + 1, outcome.feeNano() + 1, null));

        assertThat(forger.found()).containsKey(FindingCode.FEE_ABOVE_ASK);
    }

    @Test
    void catchesAFeeAboveTheCustomersCeiling() {
        forger.race(
                answered -> answered.outcome().feeNano() > 0
                        && answered.race().terms().equals(Terms.standard(3)),
                answered -> Copy.terms(
                        answered,
                        new Terms(
                                Preference.BALANCED,
                                OptionalLong.of(answered.outcome().feeNano() - 1),
                                OptionalInt.empty(),
                                3,
                                0,
                                false,
                                List.of(),
                                List.of())));

        assertThat(forger.found()).containsKey(FindingCode.FEE_ABOVE_CEILING);
    }

    /// Whoever is favoured so, somebody else earns less than was asked.
    @Test
    void catchesAPriceBelowTheAsk() {
        forger.outcome(
                outcome -> outcome.feeNano() > 0,
                outcome -> Copy.money(outcome, outcome.priceNano() - 1, outcome.feeNano() - 1, null));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.FEE_WRONG, FindingCode.VERDICT_MISMATCH);
    }

    @Test
    void catchesAFeeBelowThePrice() {
        forger.outcome(
                outcome -> outcome.feeNano() > 0,
                outcome -> Copy.money(outcome, outcome.priceNano(), outcome.feeNano() - 1, null));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.FEE_WRONG, FindingCode.VERDICT_MISMATCH);
    }

    @Test
    void catchesAnAnswerInTimeThatCostsNothing() {
        forger.outcome(outcome -> outcome.feeNano() > 0, outcome -> Copy.money(outcome, outcome.priceNano(), 0, null));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.FEE_WRONG, FindingCode.VERDICT_MISMATCH);
    }

    @Test
    void catchesAPriceThatNobodyAnsweredFor() {
        forger.outcome(
                outcome -> outcome.refund() == RefundReason.NO_ANSWER,
                outcome -> Copy.money(outcome, 7, 0, RefundReason.NO_ANSWER));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.FEE_WRONG);
    }

    @Test
    void catchesAFeeThatNobodyAnsweredFor() {
        forger.outcome(
                outcome -> outcome.refund() == RefundReason.NO_ANSWER,
                outcome -> Copy.money(outcome, 0, 7, RefundReason.NO_ANSWER));

        assertThat(forger.found()).containsKey(FindingCode.FEE_WRONG);
    }

    @Test
    void catchesARefundOfAnAnswerInTime() {
        forger.outcome(
                outcome -> outcome.feeNano() > 0,
                outcome -> Copy.money(outcome, outcome.priceNano(), outcome.feeNano(), RefundReason.SLA_MISSED));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.REFUND_WRONG);
    }

    @Test
    void catchesARefundForAnotherReason() {
        forger.outcome(
                outcome -> outcome.refund() == RefundReason.NO_ANSWER,
                outcome -> Copy.money(outcome, 0, 0, RefundReason.SLA_MISSED));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.REFUND_WRONG);
    }

    /// Nobody is behind a slot that was not asked for, nor too dear for what was set aside for dearer ones.
    @ParameterizedTest
    @EnumSource(names = {"BEHIND", "CREDIT"})
    void catchesASkipForAReasonThatCannotHaveBeen(SkipReason reason) {
        forger.race(
                answered -> answered.asked().skipped().size() == 1
                        && answered.race().minSlot() <= 0,
                answered -> {
                    var skip = answered.asked().skipped().getFirst();
                    return Copy.skipped(answered, List.of(new Skipped(skip.nodeId(), skip.operatorId(), reason)));
                });

        assertThat(forger.found()).containsOnlyKeys(FindingCode.SKIP_UNFOUNDED);
    }

    @Test
    void catchesAMissingRefundOfALateAnswer() {
        forger.outcome(
                outcome -> outcome.refund() == RefundReason.SLA_MISSED,
                outcome -> Copy.money(outcome, outcome.priceNano(), outcome.priceNano(), null));

        assertThat(forger.found()).containsKey(FindingCode.REFUND_MISSING);
    }

    @Test
    void catchesAMissingRefundOfARaceThatNobodyAnswered() {
        forger.outcome(
                outcome -> outcome.refund() == RefundReason.NO_ANSWER, outcome -> Copy.money(outcome, 0, 0, null));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.REFUND_MISSING);
    }

    @Test
    void catchesALateAnswerThatIsCalledPunctual() {
        forger.outcome(outcome -> outcome.refund() == RefundReason.SLA_MISSED, outcome -> {
            var paid = Copy.money(outcome, outcome.priceNano(), outcome.priceNano(), null);
            var sla = Objects.requireNonNull(outcome.sla());
            return Copy.sla(paid, new Sla(sla.maxLatencyMs(), sla.ofCustomer(), true));
        });

        assertThat(forger.found()).containsKeys(FindingCode.REFUND_MISSING, FindingCode.SLA_WRONG);
    }

    @Test
    void catchesAnSlaThatIsNotTheWinners() {
        forger.outcome(
                outcome -> isTheWinners(outcome.sla()),
                outcome -> Copy.sla(
                        outcome,
                        new Sla(
                                9_000,
                                false,
                                Objects.requireNonNull(outcome.sla()).met())));

        assertThat(forger.found()).containsKey(FindingCode.SLA_WRONG);
    }

    /// Nobody earns where a large answer is called late, though nobody promised a time for it.
    @Test
    void catchesAnSlaOfALargeAnswer() {
        forger.verdict(
                verified -> forger.race(verified.sequence()).outcome().sla() != null, verified -> Copy.large(verified));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.SLA_WRONG);
    }

    @Test
    void catchesAMissingRefundOfAWrongAnswer() {
        var rare = new Forger(6);
        rare.verdict(
                verified -> verified.status() == RaceStatus.CONTRADICTED,
                verified -> Copy.status(verified, RaceStatus.UNVERIFIED));

        assertThat(rare.found()).containsOnlyKeys(FindingCode.STATUS_WRONG);
    }

    /// Its last bytes never came, as the winner's own result says; the fee stays where it went.
    @Test
    void catchesAMissingRefundOfAnAnswerThatBrokeOff() {
        forger.verdict(
                verified -> verified.status() == RaceStatus.NO_ANSWER,
                verified -> Copy.status(verified, RaceStatus.UNVERIFIED));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.STATUS_WRONG);
    }

    @Test
    void catchesAVerifierThatIsPaidWithoutHavingAgreed() {
        forger.verdict(
                verified -> verified.status() == RaceStatus.INCONCLUSIVE,
                verified -> Copy.status(verified, RaceStatus.CONFIRMED));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.STATUS_WRONG);
    }

    @Test
    void catchesAVerdictOnOtherPlaces() {
        forger.verdict(
                verified -> verified.results().size() > 1,
                verified -> Copy.results(verified, verified.results().reversed()));

        assertThat(forger.found()).containsKey(FindingCode.VERDICT_MISMATCH);
    }

    @Test
    void catchesAWinnerThatDidNotRace() {
        forger.race(
                answered -> answered.outcome().winner() == 0
                        && answered.asked().places().getLast().place() == Place.SHADOW,
                answered -> Copy.outcome(
                        answered,
                        Copy.winner(
                                answered.outcome(), answered.asked().places().size() - 1)));

        assertThat(forger.found()).containsKey(FindingCode.WINNER);
    }

    @Test
    void catchesACheckerThatWonAgainstARacer() {
        var rare = new Forger(6);
        rare.verdict(verified -> rare.winner(verified).place() == Place.CHECKING, racersAnswer(Reason.LATER));

        assertThat(rare.found()).containsOnlyKeys(FindingCode.WINNER);
    }

    /// Without a reason nobody could say that the answer was there in time.
    @Test
    void catchesAnAnswerThatIsPassedOverWithoutAReason() {
        var rare = new Forger(6);
        rare.verdict(verified -> rare.winner(verified).place() == Place.CHECKING, racersAnswer(null));

        assertThat(rare.found()).containsOnlyKeys(FindingCode.WINNER, FindingCode.VERDICT_MISMATCH);
    }

    @Test
    void catchesASecondDrawWhileSomebodyStillRaced() {
        var rare = new Forger(6);
        rare.verdict(verified -> rare.winner(verified).round() == 1, racersAnswer(Reason.LATER));

        assertThat(rare.found()).containsOnlyKeys(FindingCode.WINNER);
    }

    @Test
    void catchesASubscriptionThatCostsTooMuch() {
        charge(charged ->
                Copy.charged(charged, charged.parametersVersion(), charged.opened(), charged.feeNano() + 2_000));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.SUBSCRIPTION_FEE);
    }

    @Test
    void catchesASubscriptionThatIsOpenedAgain() {
        charge(charged -> Copy.charged(charged, charged.parametersVersion(), true, charged.priceNano()));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.SUBSCRIPTION_FEE);
    }

    @Test
    void catchesASubscriptionThatCostsMoreThanItsNodeAsked() {
        charge(charged -> Copy.charged(charged, charged.operatorId(), 2_301));

        assertThat(forger.found()).containsOnly(Map.entry(FindingCode.SUBSCRIPTION_FEE, 1L));
    }

    @Test
    void catchesASubscriptionThatIsPaidToSomebodyElse() {
        charge(charged -> Copy.charged(charged, Asks.operator(1), charged.priceNano()));

        assertThat(forger.found()).containsOnly(Map.entry(FindingCode.SUBSCRIPTION_FEE, 1L));
    }

    /// Who names no snapshot of the time hides what was asked then.
    @Test
    void doesNotPassASubscriptionOfATimeWithoutSnapshots() {
        charge(charged -> Copy.charged(charged, charged.epoch() + 9));

        var report = new EpochVerifier(forger.market.publish(), EpochVerifierTests.LATER)
                .verify(Installation.WINDOW, List.of());

        assertThat(report.findings()).isEmpty();
        assertThat(report.checked().waiting())
                .containsExactly("which snapshots router 2/1 worked from in epoch " + (Installation.WINDOW + 9));
    }

    /// Routers learn of an ask at one moment, and write down at another what it came to.
    @Test
    void accusesNobodyOfAnAskOfTheMinuteBeside() {
        charge(charged -> Copy.charged(charged, charged.operatorId(), 2_300));

        assertThat(forger.found()).isEmpty();
    }

    private void charge(UnaryOperator<SubscriptionCharged> how) {
        forger.steady.change(SubscriptionCharged.class, charged -> charged.epoch() == Installation.WINDOW, how);
    }

    /// All who raced in the first draw did answer.
    private static UnaryOperator<Verified> racersAnswer(@Nullable Reason reason) {
        return verified -> Copy.results(
                verified,
                verified.results().stream()
                        .map(result -> result.place().races() && result.outcome() == PlaceOutcome.FAILURE
                                ? Copy.answered(result, reason)
                                : result)
                        .toList());
    }

    private static boolean isTheWinners(@Nullable Sla sla) {
        return sla != null && !sla.ofCustomer();
    }
}
