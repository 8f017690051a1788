package io.streamsync.verifier;

import static io.streamsync.verifier.EpochVerifierTests.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.WrittenTerms;
import io.streamsync.protocol.draw.WrittenTerms.Racers;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.verifier.check.AskedCall;
import io.streamsync.verifier.check.Receipt;
import io.streamsync.verifier.check.Wishes;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.publication.Proof;
import io.streamsync.verifier.publication.Publication;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a customer knows of a race, and nobody else: what it asked, on which terms, and what it was told.
class ReceiptForgeryTests {

    private static final Wishes NOTHING = wishes(Terms.standard(3), -1);

    private final Forger forger = new Forger();
    private final Published published = forger.market.publish();

    @Test
    void fitsWhatWasAskedAndTold() {
        var receipts = forger.races(Installation.WINDOW).stream()
                .map(ReceiptForgeryTests::receipt)
                .toList();

        var report = new EpochVerifier(published, LATER).verify(Installation.WINDOW, receipts);

        assertThat(report.findings()).isEmpty();
        assertThat(report.checked().receipts()).isEqualTo(receipts.size());
        assertThat(report.checked().notices()).isEmpty();
    }

    /// Of the same price and operator, for somebody who has no hash of the leaf.
    @Test
    void catchesAnotherRaceThatIsShownForIt() {
        var race = race(ReceiptForgeryTests::isAnswered);
        var other = race(answered -> isAnswered(answered)
                && answered.race().sequence() != race.race().sequence()
                && answered.race().method().equals(race.race().method()));
        var lying = new Relay(published) {
            @Override
            public Optional<Proof> proof(long epoch, String raceId) {
                return super.proof(epoch, id(other))
                        .map(proof -> new Proof(
                                raceId,
                                proof.leafBytes(),
                                proof.index(),
                                proof.leafCount(),
                                proof.path(),
                                proof.root()));
            }
        };
        var honest = receipt(race);

        assertThat(found(lying, told(honest, null, null, null))).isEmpty();
        assertThat(found(lying, told(honest, null, honest.call(), null)))
                .containsOnly(Map.entry(FindingCode.RECEIPT_MISMATCH, 1L));
    }

    @Test
    void catchesTermsThatNobodyWished() {
        var race = race(answered -> !answered.race().terms().only().isEmpty());

        assertThat(found(published, told(receipt(race), null, null, NOTHING)))
                .containsOnly(Map.entry(FindingCode.RECEIPT_MISMATCH, 1L));
    }

    @Test
    void catchesTermsThatWereWishedAndAreNotThere() {
        var race = race(answered -> answered.race().terms().equals(Terms.standard(3)));
        var wished = new Terms(
                Preference.CHEAPEST,
                OptionalLong.of(6_000),
                OptionalInt.of(80),
                2,
                1,
                true,
                List.of(Asks.operator(0)),
                List.of(Asks.operator(1)));

        assertThat(found(published, told(receipt(race), null, null, wishes(wished, 17))))
                .containsOnly(Map.entry(FindingCode.RECEIPT_MISMATCH, 8L));
    }

    /// The key may have wishes of its own, and lists come in any order.
    @Test
    void accusesNobodyOfTermsThatAreWrittenInAnotherOrder() {
        var race = race(answered -> answered.race().terms().only().size() > 1);
        var terms = race.race().terms();
        var reversed = new Terms(
                terms.prefer(),
                terms.maxPriceNano(),
                terms.maxLatencyMs(),
                terms.racers(),
                terms.stagedRacers(),
                terms.quorum(),
                terms.only().reversed(),
                terms.exclude());

        assertThat(found(published, told(receipt(race), null, null, wishes(reversed, -1))))
                .isEmpty();
    }

    @Test
    void catchesAnSlaThatTheCustomerWasToldOtherwise() {
        var race = race(answered -> isAnswered(answered) && answered.outcome().sla() == null);

        assertThat(found(published, told(receipt(race), Receipt.Sla.MET, null, null)))
                .containsOnly(Map.entry(FindingCode.RECEIPT_MISMATCH, 1L));
    }

    @Test
    void catchesALatencyThatTheCustomerWasToldOtherwise() {
        var race = race(ReceiptForgeryTests::isAnswered);
        var receipts = List.of(receipt(race));
        forger.race(
                answered -> answered.race().sequence() == race.race().sequence(),
                answered -> Copy.outcome(answered, Copy.latency(answered.outcome(), 7)));

        assertThat(found(forger.market.publish(), receipts.getFirst())).containsKey(FindingCode.RECEIPT_MISMATCH);
    }

    /// Such a customer is told nothing was charged, and the race of the first time.
    @Test
    void accusesNobodyOfATransactionThatWasSentAgain() {
        var race = race(answered -> answered.race().method().equals("sendTransaction") && isPaid(answered.outcome()));
        var honest = receipt(race);
        var again = new Receipt(
                honest.raceId(),
                0L,
                honest.operatorId(),
                null,
                honest.nodeId(),
                Receipt.Sla.NONE,
                12L,
                new AskedCall("sendTransaction", "[\"again\",{\"encoding\":\"base58\"}]"),
                wishes(race.race().terms(), 40));

        var report = new EpochVerifier(published, LATER).verify(Installation.WINDOW, List.of(again));

        assertThat(report.findings()).isEmpty();
        assertThat(report.checked().notices())
                .singleElement()
                .asString()
                .startsWith("1 receipts say nothing was charged for transactions");
    }

    private static boolean isAnswered(Answered race) {
        return race.outcome().winner() >= 0;
    }

    private static boolean isPaid(Outcome outcome) {
        return outcome.feeNano() > 0;
    }

    private Answered race(Predicate<Answered> which) {
        return forger.races(Installation.WINDOW).stream()
                .filter(which)
                .findFirst()
                .orElseThrow();
    }

    private static String id(Answered race) {
        return Published.raceId(Installation.STEADY, race);
    }

    /// All that an honest market's customer knows.
    private static Receipt receipt(Answered race) {
        var outcome = race.outcome();
        var winner = outcome.winner() < 0 ? null : race.asked().places().get(outcome.winner());
        var sla = outcome.sla();
        return new Receipt(
                id(race),
                outcome.feeNano(),
                winner == null ? null : winner.operatorId().value(),
                null,
                winner == null ? null : winner.nodeId().value(),
                sla == null ? Receipt.Sla.NONE : sla.met() ? Receipt.Sla.MET : Receipt.Sla.MISSED,
                outcome.latencyMicros(),
                new AskedCall(
                        race.race().method(),
                        TestRouter.params(Installation.STEADY, race.race().sequence())),
                wishes(race.race().terms(), race.race().minSlot()));
    }

    private static Receipt told(
            Receipt receipt, Receipt.@Nullable Sla sla, @Nullable AskedCall call, @Nullable Wishes wishes) {
        return new Receipt(receipt.raceId(), null, null, null, null, sla, null, call, wishes);
    }

    private static Wishes wishes(Terms terms, long minSlot) {
        var racers = new Racers(terms.racers(), terms.stagedRacers());
        return new Wishes(
                terms.prefer(),
                terms.maxPriceNano(),
                terms.maxLatencyMs(),
                racers.equals(WrittenTerms.racers("3")) ? null : racers,
                terms.quorum(),
                terms.only(),
                terms.exclude(),
                minSlot);
    }

    private static Map<FindingCode, Long> found(Publication published, Receipt receipt) {
        return new EpochVerifier(published, LATER)
                .verify(Installation.WINDOW, List.of(receipt))
                .counts();
    }
}
