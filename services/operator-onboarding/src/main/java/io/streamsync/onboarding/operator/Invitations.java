package io.streamsync.onboarding.operator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamsync.onboarding.identity.Wallet;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
            case LAUNCH -> properties.invitedWallets().contains(wallet.address()) ? null : hash(known(invitation));
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

    private static String hash(String invitation) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(invitation.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has SHA-256", e);
        }
    }
}
