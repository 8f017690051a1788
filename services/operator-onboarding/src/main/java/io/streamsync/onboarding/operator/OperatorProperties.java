package io.streamsync.onboarding.operator;

import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Who may register.
///
/// @param invitations that open the launch phase, each for one operator; secret
/// @param invitedWallets that need none
@ConfigurationProperties("streamsync.operator")
record OperatorProperties(
        @DefaultValue("launch") AdmissionPhase phase,
        @DefaultValue Set<String> invitations,
        @DefaultValue Set<String> invitedWallets) {

    OperatorProperties {
        invitations = Set.copyOf(invitations);
        invitedWallets = Set.copyOf(invitedWallets);
    }
}
