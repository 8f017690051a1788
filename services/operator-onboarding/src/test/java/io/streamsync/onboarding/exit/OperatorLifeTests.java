package io.streamsync.onboarding.exit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.NodeListed;
import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.AtOnce;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.ScriptedNode;
import io.streamsync.onboarding.TestClock;
import io.streamsync.onboarding.Told;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/// The states of operators through HTTP, with what they mean for stake and nodes.
@OnboardingTest
class OperatorLifeTests {

    @Autowired
    Portal portal;

    @Autowired
    Told told;

    @Autowired
    TestClock clock;

    @Autowired
    DataSource dataSource;

    ScriptedNode machine;
    Applicant applicant;
    String node;

    @BeforeEach
    void admit() {
        portal.clear();
        machine = new ScriptedNode();
        applicant = portal.applicant().staked();
        assertThat(applicant.state()).isEqualTo("STAKED");
        node = applicant.list(machine);
        await().until(() -> applicant.stateOf(node).equals("PROBATION"));
        assertThat(applicant.state()).isEqualTo("ACTIVE");
    }

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void leavesTheMarketBelowTheMinimumAndComesBackWithATopUp() {
        applicant.unbond("0.000000001").as(201);

        var operator = applicant.get("");
        assertThat(operator.text("state")).isEqualTo("DELISTED");
        assertThat(operator.text("delistedFor")).isEqualTo("STAKE");
        assertThat(applicant.stateOf(node)).isEqualTo("DELISTED");
        var gone = awaitListing("DELISTED");
        assertThat(gone.operatorState()).isEqualTo("DELISTED");
        assertThat(gone.bondedStake()).isEqualTo("9999999999999");

        int askedBefore = machine.seen().size();
        applicant.deposit("0.000000001").as(201);

        assertThat(applicant.state()).isEqualTo("ACTIVE");
        assertThat(applicant.get("").body().path("delistedFor").isNull()).isTrue();
        assertThat(applicant.stateOf(node)).isEqualTo("PROBATION");
        assertThat(awaitListing("PROBATION").bondedStake()).isEqualTo("10000000000000");
        await().untilAsserted(() -> assertThat(machine.seen()).hasSizeGreaterThan(askedBefore));
    }

    @Test
    void comesBackWithACancelledUnbonding() {
        var unbonding = applicant.unbond("10000").text("unbondingId");
        assertThat(applicant.state()).isEqualTo("DELISTED");

        applicant.delete("/stake/unbondings/" + unbonding).as(204);

        assertThat(applicant.state()).isEqualTo("ACTIVE");
        assertThat(applicant.stateOf(node)).isEqualTo("PROBATION");
    }

    @Test
    void staysOutWhenTheStakeThatComesBackIsTooLittle() {
        applicant.unbond("6000").as(201);
        var unbonding = applicant.unbond("4000").text("unbondingId");

        applicant.delete("/stake/unbondings/" + unbonding).as(204);

        assertThat(applicant.state()).isEqualTo("DELISTED");
        applicant.deposit("5999").refused(422, "STAKE_BELOW_MINIMUM");
        var refused = applicant.wish("ACTIVE").refused(409, "STAKE_REQUIRED");
        assertThat(refused.text("minimum")).isEqualTo("10000");
        assertThat(refused.text("missing")).isEqualTo("6000");
        applicant.deposit("6000").as(201);
        assertThat(applicant.state()).isEqualTo("ACTIVE");
    }

    @Test
    void pausesAndReturnsWhenItWantsTo() {
        var paused = applicant.wish("DELISTED").as(200);
        assertThat(paused.text("state")).isEqualTo("DELISTED");
        assertThat(paused.text("delistedFor")).isEqualTo("WISH");
        assertThat(applicant.stateOf(node)).isEqualTo("DELISTED");
        awaitListing("DELISTED");
        applicant.wish("DELISTED").as(200);

        applicant.deposit("1").as(201);
        assertThat(applicant.state()).isEqualTo("DELISTED");

        assertThat(applicant.wish("ACTIVE").as(200).text("state")).isEqualTo("ACTIVE");
        assertThat(applicant.stateOf(node)).isEqualTo("PROBATION");
        awaitListing("PROBATION");
        applicant.wish("ACTIVE").as(200);
    }

    @Test
    void returnsAsStakedWithoutAnAdmittedNode() {
        var other = portal.applicant().staked();
        other.wish("DELISTED").as(200);

        assertThat(other.wish("ACTIVE").as(200).text("state")).isEqualTo("STAKED");
    }

    @Test
    void keepsAPausedOperatorPausedWhateverItsStakeDoes() {
        applicant.wish("DELISTED").as(200);
        applicant.unbond("1").as(201);
        applicant.wish("ACTIVE").refused(409, "STAKE_REQUIRED");

        applicant.deposit("1").as(201);

        assertThat(applicant.state()).isEqualTo("DELISTED");
        assertThat(applicant.wish("ACTIVE").as(200).text("state")).isEqualTo("ACTIVE");
    }

    @Test
    void touchesNoNodeOfADelistedOperatorButAsItSays() {
        var second = new ScriptedNode();
        applicant.wish("DELISTED").as(200);

        applicant.post("/nodes", Map.of("endpoint", second.url())).refused(409, "STATE_CONFLICT");
        applicant.post("/nodes/" + node + "/checks", Map.of()).refused(409, "STATE_CONFLICT");
        applicant.ask(node, "lookup", "0.000004").as(200);
        second.says(applicant.operatorId()).answers("getHealth", "\"behind\"");
        assertThat(applicant
                        .patch("/nodes/" + node, Map.of("endpoint", second.url()))
                        .as(200)
                        .text("state"))
                .isEqualTo("DELISTED");
        applicant.wish("ACTIVE").as(200);

        assertThat(applicant.stateOf(node)).isEqualTo("CHECKING");
        second.close();
    }

    @Test
    void forgetsANodeThatIsRemovedWhileItsOperatorIsDelisted() {
        applicant.wish("DELISTED").as(200);
        applicant.delete("/nodes/" + node).as(204);

        applicant.wish("ACTIVE").as(200);

        assertThat(applicant.stateOf(node)).isEqualTo("DELISTED");
        assertThat(applicant.state()).isEqualTo("STAKED");
    }

    @Test
    void checksNoFailedNodeOfADelistedOperator() {
        machine.says("somebody-else");
        var failed = applicant.post("/nodes", Map.of("endpoint", machine.url())).text("nodeId");
        await().untilAsserted(() -> assertThat(applicant.checks(failed)).containsEntry("ENDPOINT_CONTROL", "FAILED"));
        clock.advance(Duration.ofHours(1));
        await().until(() -> applicant.stateOf(failed).equals("FAILED"));
        applicant.wish("DELISTED").as(200);

        var refused = applicant.post("/nodes/" + failed + "/checks", Map.of()).refused(409, "STATE_CONFLICT");

        assertThat(refused.text("detail")).contains("operator is DELISTED");
        assertThat(applicant.stateOf(failed)).isEqualTo("FAILED");
    }

    @Test
    void buysNoPatienceByLeavingAndComingBack() {
        machine.says("somebody-else");
        clock.advance(Duration.ofDays(1));
        applicant.signedIn();
        await().untilAsserted(() -> assertThat(applicant.checks(node)).containsEntry("ENDPOINT_CONTROL", "FAILED"));
        clock.advance(Duration.ofMinutes(30));
        applicant.wish("DELISTED").as(200);
        applicant.wish("ACTIVE").as(200);
        assertThat(applicant.stateOf(node)).isEqualTo("PROBATION");

        clock.advance(Duration.ofMinutes(30));

        await().until(() -> applicant.stateOf(node).equals("FAILED"));
    }

    @Test
    void exitsWithItsNodesDrainedAndItsStakeReleased() {
        applicant.unbond("1000").as(201);
        assertThat(applicant.wish("EXITING").as(200).text("state")).isEqualTo("EXITING");

        var stake = applicant.get("/stake");
        assertThat(stake.text("bonded")).isEqualTo("0");
        assertThat(stake.body().path("unbonding")).hasSize(2);
        applicant.wish("EXITING").as(200);
        assertThat(applicant.get("/stake").body().path("unbonding")).hasSize(2);

        clock.advance(Duration.ofDays(7).minusHours(1));
        applicant.signedIn();
        assertThat(applicant.state()).isEqualTo("EXITING");
        assertThat(applicant.get("/stake").text("withdrawable")).isEqualTo("0");
        clock.advance(Duration.ofHours(1));
        await().until(() -> applicant.state().equals("EXITED"));
        assertThat(applicant.stateOf(node)).isEqualTo("DELISTED");
        assertThat(applicant.withdraw("10000").as(201).text("status")).isEqualTo("PAID");
    }

    @Test
    void drainsItsNodesFirst() {
        applicant.wish("EXITING").as(200);
        assertThat(applicant.stateOf(node)).isEqualTo("DRAINING");
        awaitListing("DRAINING");

        clock.advance(Duration.ofSeconds(30));

        await().until(() -> applicant.stateOf(node).equals("DELISTED"));
        assertThat(awaitListing("DELISTED").operatorState()).isEqualTo("EXITING");
    }

    @Test
    void endsAnExitWhileAnotherHangs() throws SQLException {
        var other = portal.applicant().staked();
        other.wish("EXITING").as(200);
        applicant.wish("EXITING").as(200);
        var both = Stream.of(applicant, other)
                .sorted(Comparator.comparing(Applicant::operatorId))
                .toList();
        var first = both.getFirst();
        var second = both.getLast();

        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "select 1 from operator where operator_id = '" + first.operatorId() + "' for no key update");
            clock.advance(Duration.ofDays(7));
            await().atMost(Duration.ofSeconds(30)).until(() -> second.state().equals("EXITED"));
            first.signedIn().patch("", Map.of("name", "Hanging")).refused(503, "UNAVAILABLE");
            assertThat(first.state()).isEqualTo("EXITING");
            connection.rollback();
        }

        await().until(() -> first.state().equals("EXITED"));
    }

    @Test
    void undertakesNothingElseWhileItExits() {
        var unbonding = applicant.unbond("1").text("unbondingId");
        applicant.wish("EXITING").as(200);

        applicant.deposit("10000").refused(409, "STATE_CONFLICT");
        applicant.unbond("1").refused(409, "STATE_CONFLICT");
        applicant.delete("/stake/unbondings/" + unbonding).refused(409, "STATE_CONFLICT");
        applicant.post("/nodes", Map.of("endpoint", machine.url())).refused(409, "STATE_CONFLICT");
        applicant.patch("/nodes/" + node, Map.of("region", "eu")).refused(409, "STATE_CONFLICT");
        for (var wish : List.of("ACTIVE", "DELISTED")) {
            assertThat(applicant.wish(wish).refused(409, "STATE_CONFLICT").text("state"))
                    .isEqualTo("EXITING");
        }
        applicant.patch("", Map.of("name", "Leaving soon")).as(200);
        assertThat(applicant.state()).isEqualTo("EXITING");
    }

    @Test
    void mayComeBackAfterItsExit() {
        applicant.wish("EXITING").as(200);
        clock.advance(Duration.ofDays(7));
        await().until(() -> applicant.state().equals("EXITED"));
        var id = applicant.operatorId();
        applicant.signedIn();

        portal.post(
                        "/v1/operators",
                        applicant.token(),
                        Map.of(
                                "name",
                                "Another",
                                "payoutAddress",
                                applicant.wallet().address()))
                .refused(409, "ALREADY_REGISTERED");
        for (var wish : List.of("ACTIVE", "DELISTED", "EXITING")) {
            applicant.wish(wish).refused(409, "STATE_CONFLICT");
        }
        applicant.post("/nodes", Map.of("endpoint", machine.url())).refused(409, "STAKE_REQUIRED");
        applicant.deposit("10000").as(201);
        assertThat(applicant.state()).isEqualTo("STAKED");
        var again = applicant.list(machine);
        await().until(() -> applicant.stateOf(again).equals("PROBATION"));
        assertThat(applicant.state()).isEqualTo("ACTIVE");
        assertThat(applicant.operatorId()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACTIVE", "DELISTED", "EXITING"})
    void refusesWishesOfAnOperatorWithoutStake(String wish) {
        var other = portal.applicant().registered();

        assertThat(other.wish(wish).refused(409, "STATE_CONFLICT").text("detail"))
                .contains("REGISTERED");

        assertThat(other.state()).isEqualTo("REGISTERED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"STAKED", "EXITED", "REGISTERED", "active", "", "\u202e"})
    void refusesStatesThatNobodyCanWishFor(String wish) {
        var refused = applicant.wish(wish).refused(400, "INVALID_REQUEST");

        assertThat(refused.body().path("errors").get(0).path("field").asString())
                .isEqualTo("state");
        assertThat(applicant.state()).isEqualTo("ACTIVE");
    }

    @Test
    void changesProfileAndStateTogetherOrNeither() {
        applicant.patch("", Map.of("state", "DELISTED", "name", "x")).refused(422, "NAME_NOT_ALLOWED");
        assertThat(applicant.state()).isEqualTo("ACTIVE");

        var changed = applicant.patch("", Map.of("state", "DELISTED", "name", "Away for a while"));

        assertThat(changed.as(200).text("name")).isEqualTo("Away for a while");
        assertThat(changed.text("state")).isEqualTo("DELISTED");
    }

    @Test
    void obeysTheOwnerOnly() {
        var other = portal.applicant().staked();

        portal.send("PATCH", applicant.path(""), other.token(), Map.of("state", "EXITING"), Map.of())
                .refused(403, "NOT_YOURS");
        portal.send("PATCH", applicant.path(""), null, Map.of("state", "EXITING"), Map.of())
                .refused(401, "INVALID_SESSION");
        assertThat(applicant.state()).isEqualTo("ACTIVE");
    }

    @Test
    void endsInOneOfTwoStatesWhenWishesAndStakeCrossOneAnother() {
        var statuses = AtOnce.all(List.of(
                () -> applicant.wish("DELISTED").status(),
                () -> applicant.unbond("1").status(),
                () -> applicant.deposit("2").status(),
                () -> applicant.wish("DELISTED").status(),
                () -> applicant.delete("/nodes/" + node).status()));

        assertThat(statuses).doesNotContain(500).contains(200, 201);
        assertThat(applicant.state()).isEqualTo("DELISTED");
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("10001");
        assertThat(applicant.stateOf(node)).isIn("DELISTED", "DRAINING");
    }

    /// What was told last of the node, once it is told to be in this state.
    private NodeListed awaitListing(String state) {
        await().until(() ->
                lastTold().filter(event -> event.state().equals(state)).isPresent());
        return lastTold().orElseThrow();
    }

    private Optional<NodeListed> lastTold() {
        return told.all(Topics.LISTINGS, NodeListed.class).stream()
                .filter(event -> event.nodeId().equals(node))
                .reduce((before, last) -> last);
    }
}
