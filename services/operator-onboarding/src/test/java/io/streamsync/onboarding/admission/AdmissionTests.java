package io.streamsync.onboarding.admission;

import static io.streamsync.onboarding.ScriptedNode.GENESIS;
import static io.streamsync.onboarding.ScriptedNode.OTHER_GENESIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.ScriptedNode;
import io.streamsync.onboarding.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

@OnboardingTest
@ExtendWith(OutputCaptureExtension.class)
class AdmissionTests {

    private static final String CONTROL = "/.well-known/streamsync";

    private final List<ScriptedNode> machines = new ArrayList<>();

    @Autowired
    Portal portal;

    @Autowired
    TestClock clock;

    @BeforeEach
    void clear() {
        portal.clear();
    }

    @AfterEach
    void close() {
        machines.forEach(ScriptedNode::close);
    }

    @Test
    void admitsAnHonestNodeByItself(CapturedOutput output) {
        var applicant = portal.applicant().staked();

        var id = applicant.list(machine());

        await().untilAsserted(() -> assertThat(applicant.stateOf(id)).isEqualTo("PROBATION"));
        assertThat(applicant.state()).isEqualTo("ACTIVE");
        await().untilAsserted(() -> assertThat(output).contains("node admitted nodeId=\"" + id + "\""));
        assertThat(applicant.checks(id))
                .isEqualTo(Map.of(
                        "ENDPOINT_CONTROL", "PASSED",
                        "GENESIS", "PASSED",
                        "TIP_LAG", "PASSED",
                        "CONFORMANCE", "PASSED",
                        "LATENCY", "PASSED"));
        assertThat(applicant.get("/nodes/" + id + "/checks").items()).allSatisfy(check -> {
            assertThat(check.path("detail").asString()).isNotBlank();
            assertThat(check.path("remedy").isNull()).isTrue();
            assertThat(check.path("checkedAt").asString()).endsWith("Z");
        });
    }

    @Test
    void checksANodeAgainAtOnceThatChangedWhileItWasChecked() {
        var applicant = portal.applicant().staked();
        var listed = new CompletableFuture<String>();
        var changed = new AtomicBoolean();
        var machine = machine();
        machine.reacts(CONTROL, exchange -> {
            if (!changed.getAndSet(true)) {
                applicant.patch("/nodes/" + listed.join(), Map.of("region", "eu-north"));
            }
            var proof = ("{\"operatorId\":\"" + applicant.operatorId() + "\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, proof.length);
            exchange.getResponseBody().write(proof);
        });

        listed.complete(applicant.list(machine));

        // on a clock that stands still: nothing waits for the end of the first round's claim
        await().untilAsserted(() -> assertThat(applicant.stateOf(listed.join())).isEqualTo("PROBATION"));
    }

    @Test
    void asksNothingElseOfAMachineThatIsNotTheOperators() {
        var applicant = portal.applicant().staked();
        var strangers = machine().says("somebody-else");
        var id = applicant.post("/nodes", Map.of("endpoint", strangers.url())).text("nodeId");

        var checks = run(applicant, id);

        assertThat(outcome(checks, "ENDPOINT_CONTROL")).isEqualTo("FAILED");
        assertThat(find(checks, "ENDPOINT_CONTROL").path("remedy").asString())
                .contains("{\"operatorId\":\"" + applicant.operatorId() + "\"}", CONTROL);
        assertThat(outcome(checks, "GENESIS")).isEqualTo("PENDING");
        assertThat(strangers.seen())
                .allSatisfy(exchange ->
                        assertThat(exchange.getRequestURI().getPath()).isEqualTo(CONTROL));
        assertThat(applicant.stateOf(id)).isEqualTo("CHECKING");
    }

    @ParameterizedTest
    @CsvSource({"redirect, redirects", "huge, 16 KiB", "missing, HTTP 404", "silent, 2 s", "text, not JSON"})
    void saysWhyControlIsNotShown(String kind, String expected) {
        var applicant = portal.applicant().staked();
        var machine = machine();
        try (var other = new ScriptedNode().says(applicant.operatorId())) {
            machine.reacts(
                    CONTROL,
                    switch (kind) {
                        case "redirect" -> ScriptedNode.redirect(other.url() + CONTROL.substring(1));
                        case "huge" -> ScriptedNode.body((1 << 20) + 1);
                        case "missing" -> ScriptedNode.status(404);
                        case "silent" -> machine.silence();
                        default ->
                            exchange -> {
                                exchange.sendResponseHeaders(200, 2);
                                exchange.getResponseBody().write(new byte[] {'h', 'i'});
                            };
                    });
            var id = applicant.list(machine);

            var control = find(run(applicant, id), "ENDPOINT_CONTROL");

            assertThat(control.path("outcome").asString()).isEqualTo("FAILED");
            assertThat(control.path("detail").asString()).contains(expected);
            assertThat(other.seen()).isEmpty();
        }
    }

    @Test
    void letsTheFirstAdmittedNodeFixTheChain() {
        var first = portal.applicant().staked();
        var firstId = first.list(machine());
        await().until(() -> first.stateOf(firstId).equals("PROBATION"));
        var second = portal.applicant().staked();
        var secondId = second.list(machine().answers("getGenesisHash", "\"" + OTHER_GENESIS + "\""));

        var genesis = find(run(second, secondId), "GENESIS");

        assertThat(genesis.path("outcome").asString()).isEqualTo("FAILED");
        assertThat(genesis.path("detail").asString()).contains(OTHER_GENESIS, GENESIS);
        assertThat(genesis.path("remedy").asString()).contains(GENESIS);
        assertThat(second.stateOf(secondId)).isEqualTo("CHECKING");
        assertThat(second.state()).isEqualTo("STAKED");
    }

    @Test
    void admitsNodesOfOneChainOnlyWhenTheyComeAtOnce() {
        var one = portal.applicant().staked();
        var other = portal.applicant().staked();
        var oneId = one.list(machine());
        var otherId = other.list(machine().answers("getGenesisHash", "\"" + OTHER_GENESIS + "\""));

        await().untilAsserted(() -> assertThat(List.of(
                        one.checks(oneId).get("GENESIS") + one.stateOf(oneId),
                        other.checks(otherId).get("GENESIS") + other.stateOf(otherId)))
                .containsExactlyInAnyOrder("PASSEDPROBATION", "FAILEDCHECKING"));
    }

    @Test
    void keepsOutANodeThatLagsBehind() {
        admitted(machine());
        var behind = portal.applicant().staked();
        var machine = machine().answers("getSlot", "871");
        var id = behind.list(machine);

        var lag = find(run(behind, id), "TIP_LAG");
        assertThat(lag.path("outcome").asString()).isEqualTo("FAILED");
        assertThat(lag.path("detail").asString()).contains("129 behind");

        machine.answers("getSlot", "872");
        assertThat(outcome(run(behind, id), "TIP_LAG")).isEqualTo("PASSED");
        assertThat(behind.stateOf(id)).isEqualTo("PROBATION");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            getHealth                         | {"numSlotsBehind":200}
            getVersion                        | "4.5.0"
            getSlot                           | -1
            getLatestBlockhash                | {"context":{"slot":1},"value":{"blockhash":"abc","lastValidBlockHeight":1}}
            getBalance                        | 5
            getMinimumBalanceForRentExemption | "many"
            """)
    void keepsOutANodeThatAnswersOutOfShape(String method, String result) {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine().answers(method, result));

        var conformance = find(run(applicant, id), "CONFORMANCE");

        assertThat(conformance.path("outcome").asString()).isEqualTo("FAILED");
        assertThat(conformance.path("detail").asString()).startsWith(method);
        assertThat(applicant.stateOf(id)).isEqualTo("CHECKING");
    }

    @Test
    void comparesConstantsOnceTwoOthersAreListed() {
        admitted(machine());
        var second = admitted(machine().answers("getMinimumBalanceForRentExemption", "2039280"));
        var odd = portal.applicant().staked();
        var id = odd.list(machine().answers("getMinimumBalanceForRentExemption", "1"));

        var conformance = find(run(odd, id), "CONFORMANCE");

        assertThat(conformance.path("outcome").asString()).isEqualTo("FAILED");
        assertThat(conformance.path("detail").asString()).contains("2039280");
        assertThat(second.state()).isEqualTo("ACTIVE");
    }

    @Test
    void keepsOutASlowNodeAndSaysSo() {
        var applicant = portal.applicant().staked();
        var machine = machine();
        machine.reacts("getSlot", machine.silence());
        var id = applicant.list(machine);

        var checks = run(applicant, id);

        assertThat(outcome(checks, "LATENCY")).isEqualTo("FAILED");
        assertThat(find(checks, "LATENCY").path("detail").asString()).contains("2 of 2 questions");
        assertThat(outcome(checks, "GENESIS")).isEqualTo("PASSED");
    }

    @Test
    void repeatsTheChecksEveryTenSeconds() {
        var applicant = portal.applicant().staked();
        var machine = machine().answers("getHealth", "\"behind\"");
        var id = applicant.list(machine);
        await().untilAsserted(() -> assertThat(applicant.checks(id)).containsEntry("CONFORMANCE", "FAILED"));
        machine.answers("getHealth", "\"ok\"");

        clock.advance(Duration.ofSeconds(10));

        await().untilAsserted(() -> assertThat(applicant.stateOf(id)).isEqualTo("PROBATION"));
    }

    @Test
    void givesUpAfterAnHourAndBeginsAnewWhenAsked() {
        var applicant = portal.applicant().staked();
        var machine = machine().answers("getHealth", "\"behind\"");
        var id = applicant.list(machine);
        await().untilAsserted(() -> assertThat(applicant.checks(id)).containsEntry("CONFORMANCE", "FAILED"));

        clock.advance(Duration.ofHours(1));
        await().untilAsserted(() -> assertThat(applicant.stateOf(id)).isEqualTo("FAILED"));
        assertThat(applicant.checks(id)).containsEntry("CONFORMANCE", "FAILED");

        machine.answers("getHealth", "\"ok\"");
        run(applicant, id);
        assertThat(applicant.stateOf(id)).isEqualTo("PROBATION");
    }

    @Test
    void delistsANodeThatLosesControlOfItsEndpoint() {
        var machine = machine();
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine);
        await().until(() -> applicant.stateOf(id).equals("PROBATION"));
        machine.says("somebody-else");

        clock.advance(Duration.ofHours(23));
        applicant.signedIn();
        assertThat(applicant.checks(id)).containsEntry("ENDPOINT_CONTROL", "PASSED");
        clock.advance(Duration.ofHours(1));
        await().untilAsserted(() -> assertThat(applicant.checks(id)).containsEntry("ENDPOINT_CONTROL", "FAILED"));
        assertThat(applicant.stateOf(id)).isEqualTo("PROBATION");

        clock.advance(Duration.ofHours(1));
        await().untilAsserted(() -> assertThat(applicant.stateOf(id)).isEqualTo("FAILED"));
    }

    @Test
    void checksANodeAnewThatMoved() {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine());
        await().until(() -> applicant.stateOf(id).equals("PROBATION"));
        var elsewhere = machine();

        applicant.patch("/nodes/" + id, Map.of("endpoint", elsewhere.url())).as(200);

        await().untilAsserted(() -> assertThat(applicant.checks(id)).containsEntry("ENDPOINT_CONTROL", "FAILED"));
        assertThat(applicant.stateOf(id)).isEqualTo("CHECKING");
        elsewhere.says(applicant.operatorId());
        run(applicant, id);
        assertThat(applicant.stateOf(id)).isEqualTo("PROBATION");
    }

    @Test
    void checksNoNodeThatLeft() {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine().answers("getHealth", "\"behind\""));
        applicant.delete("/nodes/" + id).as(204);

        applicant.post("/nodes/" + id + "/checks", Map.of()).refused(409, "STATE_CONFLICT");
    }

    @Test
    void sendsTheOperatorsHeadersWithEveryQuestion() {
        var applicant = portal.applicant().staked();
        var machine = machine().says(applicant.operatorId());
        var id = applicant
                .post("/nodes", Map.of("endpoint", machine.url(), "headers", Map.of("x-key", "secret")))
                .text("nodeId");

        run(applicant, id);

        assertThat(machine.seen())
                .isNotEmpty()
                .allSatisfy(exchange -> assertThat(exchange.getRequestHeaders().getFirst("x-key"))
                        .isEqualTo("secret"));
    }

    private ScriptedNode machine() {
        var machine = new ScriptedNode();
        machines.add(machine);
        return machine;
    }

    private Applicant admitted(ScriptedNode machine) {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine);
        await().until(() -> applicant.stateOf(id).equals("PROBATION"));
        return applicant;
    }

    private static JsonNode run(Applicant applicant, String nodeId) {
        return applicant.post("/nodes/" + nodeId + "/checks", Map.of()).as(200).items();
    }

    private static JsonNode find(JsonNode checks, String check) {
        return checks.valueStream()
                .filter(item -> item.path("check").asString().equals(check))
                .findFirst()
                .orElseThrow();
    }

    private static String outcome(JsonNode checks, String check) {
        return find(checks, check).path("outcome").asString();
    }
}
