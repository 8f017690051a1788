package io.streamsync.router.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.record.StreamRecord.PlaceOutcome;
import io.streamsync.protocol.record.StreamRecord.Reason;
import io.streamsync.protocol.record.StreamRecord.Result;
import io.streamsync.protocol.record.StreamRecord.Verdict;
import io.streamsync.protocol.verification.RaceStatus;
import io.streamsync.router.verification.Evidence.Weight;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EvidenceTests {

    private static final SolanaMethod BALANCE = SolanaMethods.find("getBalance").orElseThrow();

    @Test
    void letsOnlyCheckersVoteAndShowsEverybody() {
        var evidence = Evidence.of(
                BALANCE,
                List.of(
                        says("a", Place.RACING, 9, 100),
                        says("b", Place.RACING, 9, 999),
                        silent("c", Place.RACING),
                        says("d", Place.CHECKING, 9, 100),
                        failed("e", Place.CHECKING)),
                0,
                Weight.VOTES);

        assertThat(evidence.status()).isEqualTo(RaceStatus.CONFIRMED);
        assertThat(evidence.results())
                .extracting(Result::verdict)
                .containsExactly(Verdict.WINS, Verdict.DISAGREES, Verdict.LATE, Verdict.AGREES, Verdict.FAILED);
    }

    @Test
    void contradictsTheWinnerWhenBothCheckersHoldAnotherValueAtItsSlot() {
        var statements = List.of(
                says("a", Place.RACING, 9, 100), says("d", Place.CHECKING, 9, 7), says("e", Place.CHECKING, 9, 7));

        assertThat(Evidence.of(BALANCE, statements, 0, Weight.VOTES).status()).isEqualTo(RaceStatus.CONTRADICTED);
    }

    @Test
    void countsNoVotesWhereTheRaceIsUnvoted() {
        var evidence = Evidence.of(
                BALANCE, List.of(says("a", Place.RACING, 9, 100), says("d", Place.CHECKING, 9, 7)), 0, Weight.SHOWN);

        assertThat(evidence.status()).isEqualTo(RaceStatus.UNVERIFIED);
        assertThat(evidence.results().get(1).verdict()).isEqualTo(Verdict.DISAGREES);
    }

    @Test
    void comparesNothingWhereItIsTooLarge() {
        var evidence = Evidence.of(
                BALANCE,
                List.of(says("a", Place.RACING, 9, 100), says("d", Place.CHECKING, 9, 7)),
                0,
                Weight.NOT_COMPARED);

        assertThat(evidence.status()).isEqualTo(RaceStatus.UNVERIFIED);
        assertThat(evidence.results().get(1).verdict()).isEqualTo(Verdict.UNJUDGED);
    }

    @Test
    void judgesNobodyByHashesWhereNothingIsCompared() {
        var statements = List.of(
                says("a", Place.RACING, 9, 100).large("hash"),
                says("d", Place.CHECKING, 9, 100).large("hash"));

        var compared = Evidence.of(BALANCE, statements, 0, Weight.VOTES);
        var notCompared = Evidence.of(BALANCE, statements, 0, Weight.NOT_COMPARED);

        assertThat(compared.status()).isEqualTo(RaceStatus.CONFIRMED);
        assertThat(compared.results().get(1).verdict()).isEqualTo(Verdict.AGREES);
        assertThat(notCompared.status()).isEqualTo(RaceStatus.UNVERIFIED);
        assertThat(notCompared.results().get(0).verdict()).isEqualTo(Verdict.WINS);
        assertThat(notCompared.results().get(1).verdict()).isEqualTo(Verdict.UNJUDGED);
    }

    @Test
    void countsAFailureOnlyWhereAnotherOperatorAnswered() {
        var answered = Evidence.of(
                BALANCE, List.of(says("a", Place.RACING, 9, 1), failed("b", Place.RACING)), 0, Weight.VOTES);
        var unanswered =
                Evidence.of(BALANCE, List.of(failed("a", Place.RACING), failed("b", Place.RACING)), -1, Weight.VOTES);

        assertThat(answered.results().get(1).counts()).isTrue();
        assertThat(unanswered.status()).isEqualTo(RaceStatus.NO_ANSWER);
        assertThat(unanswered.results()).extracting(Result::counts).containsOnly(false);
    }

    private static Statement says(String operator, Place place, long slot, long balance) {
        var body = "{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":" + slot + "},\"value\":" + balance
                + "},\"id\":1}";
        var answer = Objects.requireNonNull(NodeAnswer.parse(body.getBytes(UTF_8), "getBalance", "1"));
        return new Statement(
                new NodeId("n" + operator),
                new OperatorId(operator),
                place,
                1_000,
                PlaceOutcome.ANSWER,
                answer,
                false,
                Reason.LATER);
    }

    private static Statement failed(String operator, Place place) {
        return new Statement(
                new NodeId("n" + operator),
                new OperatorId(operator),
                place,
                -1,
                PlaceOutcome.FAILURE,
                null,
                true,
                Reason.TIMEOUT);
    }

    private static Statement silent(String operator, Place place) {
        return new Statement(new NodeId("n" + operator), new OperatorId(operator), place, -1, null, null, false, null);
    }
}
