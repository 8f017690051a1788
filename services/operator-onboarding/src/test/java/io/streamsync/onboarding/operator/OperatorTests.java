package io.streamsync.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.onboarding.TestWallet;
import io.streamsync.onboarding.identity.Wallet;
import io.streamsync.protocol.market.OperatorId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTests {

    @Test
    void countsAsItselfAtFirst() {
        assertThat(in(OperatorState.REGISTERED).countsAs()).isEqualTo(new OperatorId("one"));
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTERED, STAKED, REGISTERED",
        "STAKED, STAKED, ACTIVE",
        "ACTIVE, ACTIVE, ACTIVE",
        "EXITING, EXITING, EXITING",
        "EXITED, EXITED, EXITED",
        "DELISTED, DELISTED, DELISTED"
    })
    void goesFromStateToState(OperatorState state, OperatorState onceStaked, OperatorState onceAdmitted) {
        assertThat(in(state).staked().state()).isEqualTo(onceStaked);
        assertThat(in(state).admitted().state()).isEqualTo(onceAdmitted);
    }

    private static Operator in(OperatorState state) {
        var id = new OperatorId("one");
        var wallet = new Wallet(TestWallet.create().address());
        return new Operator(id, wallet, "One", wallet.address(), null, state, id, Instant.EPOCH, 0);
    }
}
