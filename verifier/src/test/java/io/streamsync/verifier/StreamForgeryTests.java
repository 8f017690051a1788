package io.streamsync.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.verifier.finding.FindingCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A router writes records that each fit, and lies about which there are: numbers, times, verdicts.
class StreamForgeryTests {

    private static final long LENGTH = 300_000;

    private final Forger forger = new Forger();
    private final List<StreamRecord> records = forger.steady.records;

    @Test
    void catchesASequenceWithAGap() {
        remove(forger.raceInTheMiddleOf(Installation.WINDOW));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.SEQUENCE_GAP);
    }

    @Test
    void catchesANumberGivenTwice() {
        var twice = forger.raceInTheMiddleOf(Installation.WINDOW);
        records.add(records.indexOf(twice) + 1, twice);

        assertThat(forger.found()).containsKey(FindingCode.SEQUENCE_REPEATED);
    }

    /// Whoever uses old numbers again has as many draws to choose from.
    @Test
    void catchesANumberOfLongAgoThatIsUsedAgain() {
        imagineBehind(forger.raceInTheMiddleOf(Installation.AFTER), 3);

        assertThat(forger.found(Installation.AFTER)).containsOnlyKeys(FindingCode.SEQUENCE_REPEATED);
    }

    @Test
    void catchesANumberThatWasKeptForLater() {
        var races = forger.races(Installation.WINDOW);
        var kept = races.get(races.size() / 4);
        remove(kept);
        imagineBehind(races.get(races.size() * 3 / 4), kept.race().sequence());

        assertThat(forger.found()).containsOnlyKeys(FindingCode.SEQUENCE_REPEATED);
    }

    @Test
    void catchesARaceThatIsDrawnWithAnOldSecret() {
        forger.race(
                answered -> answered.race().occurredAt() % LENGTH > 100_000,
                answered -> Copy.epoch(answered, Installation.BEFORE));

        assertThat(forger.found()).containsKey(FindingCode.EPOCH_OF_RACE);
    }

    /// The time is that of the secret; only the place in the stream says that it was not then.
    @Test
    void catchesATimeThatWasChosenForItsSecret() {
        var race = forger.raceInTheMiddleOf(Installation.WINDOW);
        var sequence = race.race().sequence();
        var other = forger.market
                .router(Installation.STEADY)
                .imagine(sequence, Installation.WINDOW * LENGTH - 20_000, forger.market.snapshots.getFirst());
        records.set(records.indexOf(race), other.getFirst());
        records.set(records.indexOf(forger.verdict(sequence)), Copy.at((Verified) other.getLast(), verdictAt(race)));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.RECORD_TIME);
    }

    /// From a time that never comes on no number would be missed.
    @Test
    void catchesATimeOfAnotherDay() {
        var race = forger.races(Installation.BEFORE).getFirst();
        forger.steady.change(
                Verified.class,
                verified -> verified.sequence() == race.race().sequence(),
                verified -> Copy.at(
                        verified, verified.occurredAt() + Duration.ofDays(1).toMillis()));

        assertThat(forger.found()).containsKey(FindingCode.RECORD_TIME);
    }

    @Test
    void catchesAVerdictThatIsToldTwice() {
        var verdict = forger.verdict(
                forger.raceInTheMiddleOf(Installation.WINDOW).race().sequence());
        records.add(records.indexOf(verdict) + 1, verdict);

        assertThat(forger.found()).containsKey(FindingCode.VERDICT_REPEATED);
    }

    @Test
    void catchesAVerdictThatNeverCame() {
        var early = forger.races(Installation.BEFORE).stream()
                .filter(answered -> answered.outcome().sla() != null)
                .toList()
                .getFirst();
        records.remove(forger.verdict(early.race().sequence()));

        assertThat(forger.found()).containsOnlyKeys(FindingCode.VERDICT_MISSING);
    }

    @Test
    void findsTheRaceOfAVerdictThatIsWindowsLate() {
        var late = chargedLongAgo();
        records.remove(late);
        tellAgain(late);

        var report = new EpochVerifier(forger.market.publish(), EpochVerifierTests.LATER)
                .verify(Installation.AFTER, List.of());

        assertThat(report.findings()).isEmpty();
        assertThat(report.checked().earlierVerdicts()).isOne();
        assertThat(report.isComplete()).isTrue();
    }

    /// Each would move the checkers' share, or a refund, once more.
    @Test
    void catchesAVerdictOfLongAgoThatIsToldAgain() {
        tellAgain(chargedLongAgo());

        assertThat(forger.found(Installation.AFTER)).containsOnlyKeys(FindingCode.VERDICT_REPEATED);
    }

    @Test
    void catchesALateVerdictOnAnotherFee() {
        var late = chargedLongAgo();
        records.remove(late);
        tellAgain(Copy.fee(late, late.feeNano() - 1));

        assertThat(forger.found(Installation.AFTER)).containsOnlyKeys(FindingCode.VERDICT_MISMATCH);
    }

    @Test
    void catchesALateVerdictOnARaceThatThereIsNot() {
        var late = chargedLongAgo();
        remove(forger.race(late.sequence()));
        tellAgain(late);

        assertThat(forger.found(Installation.AFTER)).containsOnlyKeys(FindingCode.VERDICT_WITHOUT_RACE);
    }

    @Test
    void catchesARecordByParametersOfItsOwnChoice() {
        var other = forger.market.parameters.with(Map.of("stakersShare", 0));
        forger.steady.change(
                SubscriptionCharged.class,
                charged -> charged.epoch() == Installation.WINDOW,
                charged -> Copy.charged(charged, other.version(), charged.opened(), charged.feeNano()));
        var published = forger.market.publish();
        published.parameters.put(other.version(), new HashMap<>(other.published()));

        assertThat(Forger.found(published)).containsKey(FindingCode.PARAMETERS_NOT_IN_FORCE);

        published.resign(
                Installation.WINDOW,
                header -> Copy.versions(
                        header, List.of(header.parametersVersions().getFirst(), other.version())));
        assertThat(Forger.found(published)).containsKey(FindingCode.PARAMETERS_NOT_IN_FORCE);
    }

    @Test
    void catchesRecordsBehindTheEndOfAStream() {
        var dead = forger.market.stream(Installation.DYING);
        var end = dead.records.removeLast();
        dead.records.add(dead.records.size() - 20, end);

        assertThat(forger.found()).containsKey(FindingCode.AFTER_STREAM_END);
    }

    /// A later start of its router says that it is dead.
    @Test
    void catchesAStreamThatNeitherGoesOnNorEnds() {
        assertThat(forger.market.stream(Installation.DYING).records.removeLast())
                .isInstanceOf(StreamRecord.StreamEnded.class);

        assertThat(forger.found(Installation.AFTER)).containsKey(FindingCode.STREAM_VANISHED);
    }

    private void remove(Answered race) {
        records.removeIf(record -> Forger.sequence(record) == race.race().sequence());
    }

    /// A race that goes by all rules, but for its number.
    private void imagineBehind(Answered race, long sequence) {
        var imagined = forger.market
                .router(Installation.STEADY)
                .imagine(sequence, race.race().occurredAt(), forger.market.snapshots.getLast());
        records.addAll(records.indexOf(race) + 1, imagined);
    }

    private long verdictAt(Answered race) {
        return forger.verdict(race.race().sequence()).occurredAt();
    }

    private Verified chargedLongAgo() {
        return forger.steady.all(Verified.class).stream()
                .filter(verified -> verified.feeNano() > 0 && verified.status() == RaceStatus.CONFIRMED)
                .skip(3)
                .findFirst()
                .orElseThrow();
    }

    /// In the last window, two behind that of its race.
    private void tellAgain(Verified verified) {
        var beside = forger.raceInTheMiddleOf(Installation.AFTER);
        records.add(records.indexOf(beside) + 1, Copy.at(verified, beside.race().occurredAt() + 20));
    }
}
