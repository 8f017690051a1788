package io.streamsync.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.TestWallet;
import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.identity.Wallet;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@OnboardingTest
class InvitationsTests {

    private final Caller caller = caller();

    @Autowired
    Operators operators;

    @Test
    void opensTheLaunchPhaseToAnInvitationOnce() {
        var invited = new OperatorProperties(AdmissionPhase.LAUNCH, Set.of("founder-1"), Set.of());

        assertThat(register(invited, caller, "founder-1").state()).isEqualTo(OperatorState.REGISTERED);
        assertRefused(invited, caller(), "founder-1");
    }

    @Test
    void opensTheLaunchPhaseToInvitedWallets() {
        var invited = new OperatorProperties(
                AdmissionPhase.LAUNCH, Set.of(), Set.of(caller.wallet().address()));

        assertThat(register(invited, caller, null).wallet()).isEqualTo(caller.wallet());
        assertRefused(invited, caller(), null);
    }

    @Test
    void keepsTheLaunchPhaseClosedToOthers() {
        var invited = new OperatorProperties(AdmissionPhase.LAUNCH, Set.of("founder-2"), Set.of());

        assertRefused(invited, caller, null);
        assertRefused(invited, caller, "founder-3");
        assertRefused(invited, caller, "");
    }

    @Test
    void asksNobodyForAnInvitationLater() {
        for (var phase : Set.of(AdmissionPhase.GROWTH, AdmissionPhase.MATURITY)) {
            var open = new OperatorProperties(phase, Set.of(), Set.of());

            assertThat(register(open, caller(), null).state()).isEqualTo(OperatorState.REGISTERED);
        }
    }

    private void assertRefused(OperatorProperties properties, Caller other, @Nullable String invitation) {
        assertThatExceptionOfType(Refusal.class)
                .isThrownBy(() -> register(properties, other, invitation))
                .extracting(Refusal::code)
                .isEqualTo(ProblemCode.INVITATION_REQUIRED);
    }

    private Operator register(OperatorProperties properties, Caller other, @Nullable String invitation) {
        var profile = new Profile(
                new OperatorName("Founder"), new PayoutAddress(other.wallet().address()), null);
        return new Registration(operators, new Invitations(properties), id -> {}, InstantSource.system())
                .register(other, profile, invitation);
    }

    private static Caller caller() {
        return new Caller(new Wallet(TestWallet.create().address()));
    }
}
