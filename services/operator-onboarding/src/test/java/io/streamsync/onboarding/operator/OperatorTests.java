package io.streamsync.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.onboarding.TestWallet;
import io.streamsync.onboarding.identity.Wallet;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
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
        "REGISTERED, STAKED,   REGISTERED, REGISTERED, REGISTERED",
        "STAKED,     STAKED,   DELISTED,   ACTIVE,     STAKED",
        "ACTIVE,     ACTIVE,   DELISTED,   ACTIVE,     ACTIVE",
        "DELISTED,   DELISTED, DELISTED,   DELISTED,   DELISTED",
        "EXITING,    EXITING,  EXITING,    EXITING,    EXITED",
        "EXITED,     STAKED,   EXITED,     EXITED,     EXITED"
    })
    void goesFromStateToStateByWhatHappens(
            OperatorState state,
            OperatorState withMinimum,
            OperatorState belowMinimum,
            OperatorState admitted,
            OperatorState exited) {
        assertThat(in(state).standing(true).state()).isEqualTo(withMinimum);
        assertThat(in(state).standing(false).state()).isEqualTo(belowMinimum);
        assertThat(in(state).admitted().state()).isEqualTo(admitted);
        assertThat(in(state).exited().state()).isEqualTo(exited);
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTERED, -,      -,        -",
        "STAKED,     STAKED, DELISTED, EXITING",
        "ACTIVE,     ACTIVE, DELISTED, EXITING",
        "DELISTED,   STAKED, DELISTED, EXITING",
        "EXITING,    -,      -,        EXITING",
        "EXITED,     -,      -,        -"
    })
    void goesFromStateToStateByItsWish(OperatorState state, String active, String delisted, String exiting) {
        assertThat(wished(state, Wish.ACTIVE)).isEqualTo(active);
        assertThat(wished(state, Wish.DELISTED)).isEqualTo(delisted);
        assertThat(wished(state, Wish.EXITING)).isEqualTo(exiting);
    }

    @Test
    void comesBackByItselfOnlyWhenItWasDelistedForItsStake() {
        var forStake = in(OperatorState.ACTIVE).standing(false);
        var byWish = in(OperatorState.ACTIVE).wishing(Wish.DELISTED);

        assertThat(forStake.delistedFor()).isEqualTo(Delisting.STAKE);
        assertThat(forStake.standing(true).state()).isEqualTo(OperatorState.STAKED);
        assertThat(forStake.standing(true).delistedFor()).isNull();
        assertThat(byWish.delistedFor()).isEqualTo(Delisting.WISH);
        assertThat(byWish.standing(true)).isEqualTo(byWish);
        assertThat(byWish.standing(false)).isEqualTo(byWish);
        assertThat(forStake.wishing(Wish.DELISTED).delistedFor()).isEqualTo(Delisting.WISH);
    }

    private static String wished(OperatorState state, Wish wish) {
        try {
            return in(state).wishing(wish).state().name();
        } catch (Refusal refusal) {
            assertThat(refusal.code()).isEqualTo(ProblemCode.STATE_CONFLICT);
            assertThat(refusal.getMessage()).contains(state.name());
            return "-";
        }
    }

    private static Operator in(OperatorState state) {
        var id = new OperatorId("one");
        var wallet = new Wallet(TestWallet.create().address());
        var delistedFor = state == OperatorState.DELISTED ? Delisting.WISH : null;
        return new Operator(id, wallet, "One", wallet.address(), null, state, delistedFor, id, Instant.EPOCH, 0);
    }
}
