package io.streamsync.protocol.tip;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.SolanaMethods;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommitmentTests {

    @ParameterizedTest
    @CsvSource({
        "getBalance, CONFIRMED, CONFIRMED",
        "getSlot, FINALIZED, FINALIZED",
        "getBalance, , ",
        "getSignatureStatuses, FINALIZED, PROCESSED",
        "getCompressedAccount, CONFIRMED, ",
        "sendTransaction, FINALIZED, ",
    })
    void knowsWhichSlotAnAnswerTells(String method, Commitment asked, Commitment told) {
        assertThat(Commitment.told(SolanaMethods.find(method).orElseThrow(), asked))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @EnumSource(Commitment.class)
    void hasTheNamesOfTheWire(Commitment commitment) {
        assertThat(Commitment.ofWireName(commitment.wireName())).contains(commitment);
        assertThat(Commitment.ofWireName("recent")).isEmpty();
    }
}
