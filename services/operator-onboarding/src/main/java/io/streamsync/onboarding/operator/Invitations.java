package io.streamsync.onboarding.operator;

import io.streamsync.onboarding.identity.Wallet;
import io.streamsync.onboarding.portal.Sha256;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Decides who may register while the market is open to founding operators only. An invitation serves once.
@Component
class Invitations {

    private final OperatorProperties properties;

    Invitations(OperatorProperties properties) {
        this.properties = properties;
    }

    /// The hash of the invitation that is spent by registering; null when none is needed.
    @Nullable
    String spend(Wallet wallet, @Nullable String invitation) {
        return switch (properties.phase()) {
            case LAUNCH -> properties.invitedWallets().contains(wallet.address()) ? null : Sha256.of(known(invitation));
            case GROWTH, MATURITY -> null;
        };
    }

    private String known(@Nullable String invitation) {
        if (invitation == null || !properties.invitations().contains(invitation)) {
            throw new Refusal(
                    ProblemCode.INVITATION_REQUIRED,
                    "In the launch phase only founding operators register: send the invitation that you were given.");
        }
        return invitation;
    }
}
