package io.streamsync.protocol.verification;

import static io.streamsync.protocol.answer.Answers.at;
import static io.streamsync.protocol.answer.Answers.error;
import static io.streamsync.protocol.answer.Answers.method;
import static io.streamsync.protocol.answer.Answers.result;
import static io.streamsync.protocol.comparison.Agreement.AGREES;
import static io.streamsync.protocol.comparison.Agreement.DISAGREES;
import static io.streamsync.protocol.comparison.Agreement.UNJUDGED;
import static io.streamsync.protocol.verification.RaceStatus.CONFIRMED;
import static io.streamsync.protocol.verification.RaceStatus.CONTRADICTED;
import static io.streamsync.protocol.verification.RaceStatus.DISPUTED;
import static io.streamsync.protocol.verification.RaceStatus.INCONCLUSIVE;
import static io.streamsync.protocol.verification.RaceStatus.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The table of the protocol, Verification, line by line.
class VerificationTests {

    @Test
    void isConfirmedWhenACheckerAgreesAndNoneDisagrees() {
        assertThat(balance(at(9, 5), at(9, 5), at(8, 5)))
                .isEqualTo(new Verification(CONFIRMED, List.of(AGREES, AGREES)));
        assertThat(balance(at(9, 5), at(9, 5))).isEqualTo(new Verification(CONFIRMED, List.of(AGREES)));
        assertThat(balance(at(9, 5), at(8, 4), at(9, 5)))
                .isEqualTo(new Verification(CONFIRMED, List.of(UNJUDGED, AGREES)));
    }

    @Test
    void isUnverifiedWithoutAVote() {
        assertThat(balance(at(9, 5))).isEqualTo(new Verification(UNVERIFIED, List.of()));
        assertThat(balance(at(9, 5), at(8, 4))).isEqualTo(new Verification(UNVERIFIED, List.of(UNJUDGED)));
        assertThat(balance(at(9, 5), at(8, 4), at(10, 6)))
                .isEqualTo(new Verification(UNVERIFIED, List.of(UNJUDGED, UNJUDGED)));
    }

    @Test
    void isContradictedWhenBothCheckersHoldTheSameOtherValue() {
        assertThat(balance(at(9, 5), at(9, 4), at(9, 4)))
                .isEqualTo(new Verification(CONTRADICTED, List.of(DISAGREES, DISAGREES)));
    }

    @Test
    void judgesASlotThatTheCheckersEnclose() {
        assertThat(balance(at(9, 5), at(8, 4), at(10, 4)))
                .isEqualTo(new Verification(CONTRADICTED, List.of(DISAGREES, DISAGREES)));
        assertThat(balance(at(9, 5), at(10, 4), at(8, 4)).status()).isEqualTo(CONTRADICTED);
        assertThat(balance(at(9, 5), at(9, 4), at(8, 4)).status()).isEqualTo(CONTRADICTED);
    }

    @Test
    void judgesNoSlotThatTheCheckersDoNotEnclose() {
        assertThat(balance(at(9, 5), at(7, 4), at(8, 4)).status()).isEqualTo(UNVERIFIED);
        assertThat(balance(at(9, 5), at(10, 4), at(11, 4)).status()).isEqualTo(UNVERIFIED);
        assertThat(balance(at(9, 5), at(8, 4), at(10, 6)).status()).isEqualTo(UNVERIFIED);
    }

    @Test
    void isInconclusiveForAnyOtherMix() {
        assertThat(balance(at(9, 5), at(9, 5), at(9, 4)).status()).isEqualTo(INCONCLUSIVE);
        assertThat(balance(at(9, 5), at(9, 4), at(9, 6)).status()).isEqualTo(INCONCLUSIVE);
        assertThat(balance(at(9, 5), at(9, 4)).status()).isEqualTo(INCONCLUSIVE);
        assertThat(balance(at(9, 5), at(9, 4), at(8, 3)).status()).isEqualTo(INCONCLUSIVE);
    }

    @Test
    void isDisputedWhenBothCheckersDisagreeAboutHistory() {
        assertThat(of("getBlockTime", "5", "6", "6").status()).isEqualTo(DISPUTED);
        assertThat(of("getBlockTime", "5", "6", "7").status()).isEqualTo(DISPUTED);
        assertThat(of("getGenesisHash", "\"a\"", "\"b\"", "\"b\"").status()).isEqualTo(DISPUTED);
    }

    @Test
    void disputesNothingOnOneVoice() {
        assertThat(of("getBlockTime", "5", "6").status()).isEqualTo(INCONCLUSIVE);
        assertThat(of("getBlockTime", "5", "6", "5").status()).isEqualTo(INCONCLUSIVE);
        assertThat(of("getBlockTime", "5", "6", "null").status()).isEqualTo(INCONCLUSIVE);
        assertThat(of("getBlockTime", "5", "null", "null").status()).isEqualTo(UNVERIFIED);
    }

    @Test
    void neverDisputesAConstantOfAnEpoch() {
        assertThat(of(
                                "getInflationRate",
                                "{\"epoch\":1,\"total\":1}",
                                "{\"epoch\":1,\"total\":2}",
                                "{\"epoch\":1,\"total\":2}")
                        .status())
                .isEqualTo(CONTRADICTED);
    }

    @Test
    void needsAllOfManyCheckersThatJudgeToHoldOneValue() {
        assertThat(balance(at(9, 5), at(9, 4), at(9, 4), at(9, 4)).status()).isEqualTo(CONTRADICTED);
        assertThat(balance(at(9, 5), at(9, 4), at(9, 4), at(9, 3)).status()).isEqualTo(INCONCLUSIVE);
        assertThat(balance(at(9, 5), at(9, 4), at(9, 4), at(8, 4)).status()).isEqualTo(CONTRADICTED);
        assertThat(balance(at(9, 5), at(9, 4), at(9, 4), at(9, 5)).status()).isEqualTo(INCONCLUSIVE);
    }

    @Test
    void confirmsErrorsOfTheRequestsMaking() {
        var winner = error("getBalance", -32_602);

        assertThat(Verification.of(method("getBalance"), winner, List.of(winner, at(9, 5))))
                .isEqualTo(new Verification(CONFIRMED, List.of(AGREES, UNJUDGED)));
    }

    @Test
    void neverVerifiesWrites() {
        assertThat(of("sendTransaction", "\"a\"", "\"a\"", "\"b\"").status()).isEqualTo(UNVERIFIED);
    }

    @Test
    void knowsOfLongAnswersOnlyWhoseBytesAreTheSame() {
        assertThat(Verification.ofHashes("a", Arrays.asList("b", "a", null)))
                .isEqualTo(new Verification(CONFIRMED, List.of(UNJUDGED, AGREES, UNJUDGED)));
        assertThat(Verification.ofHashes("a", List.of("b", "b")).status()).isEqualTo(UNVERIFIED);
    }

    private static NodeAnswer at(long slot, long lamports) {
        return io.streamsync.protocol.answer.Answers.at(slot, "getBalance", Long.toString(lamports));
    }

    private static Verification balance(NodeAnswer winner, NodeAnswer... checkers) {
        return Verification.of(method("getBalance"), winner, List.of(checkers));
    }

    private static Verification of(String name, String winner, String... checkers) {
        return Verification.of(
                method(name),
                result(name, winner),
                List.of(checkers).stream().map(checker -> result(name, checker)).toList());
    }
}
