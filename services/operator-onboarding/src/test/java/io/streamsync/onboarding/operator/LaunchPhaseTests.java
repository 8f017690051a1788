package io.streamsync.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.Reply;
import io.streamsync.onboarding.ScriptedNode;
import io.streamsync.onboarding.TestWallet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

/// Launch: closed to all but invited operators. Another phase is another installation.
@OnboardingTest
@TestPropertySource(
        properties = {
            "streamsync.operator.phase=launch",
            "streamsync.operator.invitations=founder-1,founder-2",
            "spring.kafka.consumer.group-id=launch"
        })
@DirtiesContext
class LaunchPhaseTests {

    private static final TestWallet INVITED = TestWallet.create();

    @Autowired
    Portal portal;

    @DynamicPropertySource
    static void invite(DynamicPropertyRegistry properties) {
        properties.add(
                "streamsync.operator.invited-wallets", () -> TestWallet.create().address() + "," + INVITED.address());
    }

    @Test
    void isClosedWithoutAnInvitation() {
        var stranger = portal.applicant().signedIn();

        register(stranger, null).refused(403, "INVITATION_REQUIRED");
        register(stranger, "").refused(403, "INVITATION_REQUIRED");
        register(stranger, "founder-3").refused(403, "INVITATION_REQUIRED");
        register(stranger, "founder-1,founder-2").refused(403, "INVITATION_REQUIRED");
    }

    @Test
    void opensToAnInvitationOnce() {
        assertThat(register(portal.applicant().signedIn(), "founder-1").as(201).text("state"))
                .isEqualTo("REGISTERED");

        register(portal.applicant().signedIn(), "founder-1").refused(403, "INVITATION_REQUIRED");
        register(portal.applicant().signedIn(), "founder-2").as(201);
    }

    @Test
    void opensToInvitedWalletsAndAdmitsTheirNodesAtOnce() {
        try (var machine = new ScriptedNode()) {
            var founder = portal.applicant(INVITED).staked();
            var node = founder.list(machine);

            await().until(() -> founder.stateOf(node).equals("PROBATION"));
        }
    }

    private Reply register(Applicant applicant, @Nullable String invitation) {
        var request = new HashMap<String, @Nullable String>(
                Map.of("name", "Founder", "payoutAddress", applicant.wallet().address()));
        request.put("invitation", invitation);
        return portal.post("/v1/operators", applicant.token(), request);
    }
}
