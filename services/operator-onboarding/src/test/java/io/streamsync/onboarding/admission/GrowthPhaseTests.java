package io.streamsync.onboarding.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.ScriptedNode;
import io.streamsync.onboarding.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// Growth: anybody registers, a node waits for a day. Another phase is another installation.
@OnboardingTest
@TestPropertySource(properties = {"streamsync.operator.phase=growth", "spring.kafka.consumer.group-id=growth"})
@DirtiesContext
class GrowthPhaseTests {

    @Autowired
    Portal portal;

    @Autowired
    TestClock clock;

    @Test
    void keepsANodeWaitingForADayAndSaysUntilWhen() {
        try (var machine = new ScriptedNode()) {
            var applicant = portal.applicant().staked();
            var node = applicant.list(machine);
            await().untilAsserted(() -> assertThat(applicant.checks(node)).doesNotContainValue("PENDING"));
            assertThat(applicant.checks(node)).containsOnlyKeys(names()).doesNotContainValue("FAILED");

            var waiting = applicant.get("/nodes/" + node);
            assertThat(waiting.text("state")).isEqualTo("CHECKING");
            assertThat(Instant.parse(waiting.text("admissibleAt")))
                    .isEqualTo(Instant.parse(waiting.text("since")).plus(Duration.ofDays(1)));
            clock.advance(Duration.ofHours(23));
            applicant.signedIn();
            applicant.post("/nodes/" + node + "/checks", Map.of()).as(200);
            assertThat(applicant.stateOf(node)).isEqualTo("CHECKING");
            assertThat(applicant.state()).isEqualTo("STAKED");

            clock.advance(Duration.ofHours(1));

            await().until(() -> applicant.stateOf(node).equals("PROBATION"));
            assertThat(applicant.state()).isEqualTo("ACTIVE");
            assertThat(applicant
                            .get("/nodes/" + node)
                            .body()
                            .path("admissibleAt")
                            .isNull())
                    .isTrue();
        }
    }

    private static String[] names() {
        return Arrays.stream(AdmissionCheck.values()).map(Enum::name).toArray(String[]::new);
    }
}
