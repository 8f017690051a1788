package io.streamsync.onboarding.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.NodeListed;
import io.streamsync.events.reputation.ScorePublished;
import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.AtOnce;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.ScriptedNode;
import io.streamsync.onboarding.TestWallet;
import io.streamsync.onboarding.Told;
import io.streamsync.onboarding.operator.Operator;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@OnboardingTest
class PublicationTests {

    private final List<ScriptedNode> machines = new ArrayList<>();

    @Autowired
    Portal portal;

    @Autowired
    Told told;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Operators operators;

    @Autowired
    PlatformTransactionManager transactions;

    @BeforeEach
    void clear() {
        portal.clear();
    }

    @AfterEach
    void close() {
        machines.forEach(ScriptedNode::close);
    }

    @Test
    void tellsAllThatTheMarketNeedsToKnowOfANode() {
        var applicant = portal.applicant().staked();
        var machine = machine().says(applicant.operatorId());
        var id = applicant
                .post(
                        "/nodes",
                        Map.of("endpoint", machine.url(), "region", "eu-west", "headers", Map.of("x-key", "secret")))
                .text("nodeId");
        applicant.ask(id, "lookup", "0.000004").as(200);

        var listed = awaitListing(
                id, event -> event.state().equals("PROBATION") && !event.asks().isEmpty());

        assertThat(listed.operatorId()).isEqualTo(applicant.operatorId());
        assertThat(listed.countsAs()).isEqualTo(applicant.operatorId());
        assertThat(listed.operatorName()).startsWith("Operator ");
        assertThat(listed.operatorState()).isEqualTo("ACTIVE");
        assertThat(listed.bondedStake()).isEqualTo("10000000000000");
        assertThat(listed.endpoint()).isEqualTo(machine.url());
        assertThat(listed.webSocketEndpoint()).isEqualTo("ws://127.0.0.1:" + (machine.port() + 1) + "/");
        assertThat(listed.region()).isEqualTo("eu-west");
        assertThat(listed.addresses()).containsExactly("127.0.0.1");
        assertThat(listed.headers()).isEqualTo(Map.of("x-key", "secret"));
        assertThat(listed.asks()).isEqualTo(Map.of("lookup", new NodeListed.AskListed("4000", 50, 200)));
    }

    @Test
    void tellsTheChainAsSoonAsTheFirstAdmittedNodeFixesIt() {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine());

        var admitted = awaitListing(id, event -> event.state().equals("PROBATION"));

        assertThat(admitted.genesisHash()).isEqualTo(ScriptedNode.GENESIS);
        assertThat(of(id).getFirst())
                .satisfies(checked -> assertThat(checked.state()).isEqualTo("CHECKING"))
                .satisfies(checked -> assertThat(checked.genesisHash()).isNull());
    }

    @Test
    void tellsEveryChange() {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine());
        applicant.ask(id, "lookup", "0.000004").as(200);
        awaitListing(id, event -> event.asks().containsKey("lookup"));

        applicant.ask(id, "lookup", "0.000003").as(200);
        awaitListing(id, event -> price(event, "lookup").equals("3000"));

        applicant.delete("/nodes/" + id + "/asks/lookup").as(204);
        awaitListing(id, event -> event.asks().isEmpty());

        applicant.deposit("5").as(201);
        awaitListing(id, event -> event.bondedStake().equals("10005000000000"));

        applicant.patch("", Map.of("name", "Another name")).as(200);
        awaitListing(id, event -> event.operatorName().equals("Another name"));

        await().until(() -> applicant.stateOf(id).equals("PROBATION"));
        applicant.delete("/nodes/" + id).as(204);
        awaitListing(id, event -> event.state().equals("DRAINING"));
        assertThat(eventIds()).doesNotHaveDuplicates();
    }

    @Test
    void tellsTheWholeTruthLastWhenChangesCrossOneAnother() {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine());
        await().until(() -> applicant.stateOf(id).equals("PROBATION"));
        var changes = new ArrayList<Callable<Integer>>();
        for (int i = 1; i <= 10; i++) {
            var price = "0.00000" + i;
            changes.add(() -> applicant.ask(id, "lookup", price).status());
            changes.add(() -> applicant.ask(id, "scan", price).status());
            changes.add(() -> applicant.deposit("1").status());
        }

        assertThat(AtOnce.all(changes)).containsOnly(200, 201);

        var asks = applicant.get("/nodes/" + id).body().path("asks");
        var lookup = nano(asks.path("lookup").path("price").asString());
        var scan = nano(asks.path("scan").path("price").asString());
        awaitLast(
                id,
                event -> event.bondedStake().equals("10010000000000")
                        && price(event, "lookup").equals(lookup)
                        && price(event, "scan").equals(scan));
    }

    @Test
    void letsTwoChangesAtOnceSeeOneAnother() throws Exception {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine());
        await().until(() -> applicant.stateOf(id).equals("PROBATION"));
        var second = new FutureTask<>(() -> applicant.ask(id, "lookup", "1").status());

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            rename(applicant.operatorId(), "Renamed meanwhile");
            afterItsDescription(() -> {
                Thread.startVirtualThread(second);
                await().until(() -> second.isDone() || waitsForItsTurn());
            });
        });

        assertThat(second.get()).isEqualTo(200);
        awaitLast(
                id,
                event -> event.operatorName().equals("Renamed meanwhile")
                        && price(event, "lookup").equals(nano("1")));
    }

    @Test
    void tellsNothingOfAChangeThatWasRefused() {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine());
        await().until(() -> applicant.stateOf(id).equals("PROBATION"));
        awaitListing(id, event -> event.state().equals("PROBATION"));

        applicant.ask(id, "lookup", "0").as(422);
        applicant.ask(id, "scan", "1").as(200);

        awaitListing(id, event -> event.asks().containsKey("scan"));
        assertThat(of(id)).noneMatch(event -> event.asks().containsKey("lookup"));
    }

    @Test
    void countsOperatorsWithOnePayoutAddressAsOne() {
        var shared = TestWallet.create().address();
        var one = portal.applicant().staked(shared);
        var oneId = one.list(machine());
        var other = portal.applicant().staked(shared);
        var otherId = other.list(machine());
        var first = Stream.of(one, other)
                .map(Applicant::operatorId)
                .sorted()
                .findFirst()
                .orElseThrow();

        awaitListing(
                oneId, event -> event.countsAs().equals(first) && event.state().equals("PROBATION"));
        awaitListing(
                otherId,
                event -> event.countsAs().equals(first) && event.state().equals("PROBATION"));
        await().until(() -> one.get("").text("countsAs").equals(first)
                && other.get("").text("countsAs").equals(first));

        other.patch("", Map.of("payoutAddress", TestWallet.create().address())).as(200);

        awaitLast(oneId, event -> event.countsAs().equals(one.operatorId()));
        awaitLast(otherId, event -> event.countsAs().equals(other.operatorId()));
    }

    @Test
    void countsOperatorsWithOneNodeIdentityAsOne() {
        var identity = "{\"identity\":\"" + TestWallet.create().address() + "\"}";
        var one = portal.applicant().staked();
        var oneId = one.list(machine().answers("getIdentity", identity));
        var other = portal.applicant().staked();
        var otherId = other.list(machine().answers("getIdentity", identity));
        var first = Stream.of(one, other)
                .map(Applicant::operatorId)
                .sorted()
                .findFirst()
                .orElseThrow();

        awaitListing(
                oneId, event -> event.countsAs().equals(first) && event.state().equals("PROBATION"));
        awaitListing(
                otherId,
                event -> event.countsAs().equals(first) && event.state().equals("PROBATION"));
    }

    @Test
    void countsNobodyTogetherWithSomebodyWhoHasNoNode() {
        var one = portal.applicant().staked();
        var id = one.list(machine());
        await().until(() -> one.stateOf(id).equals("PROBATION"));

        var idle = portal.applicant().staked(one.wallet().address());
        idle.patch("", Map.of("name", "Somebody idle")).as(200);
        one.ask(id, "lookup", "1").as(200);

        assertThat(awaitListing(id, event -> event.asks().containsKey("lookup")).countsAs())
                .isEqualTo(one.operatorId());
        assertThat(idle.get("").text("countsAs")).isEqualTo(idle.operatorId());
    }

    @Test
    void endsProbationWithEnoughConfirmedAnswers() {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine());
        await().until(() -> applicant.stateOf(id).equals("PROBATION"));

        var other = applicant.list(machine());
        await().until(() -> applicant.stateOf(other).equals("PROBATION"));

        tellScore("early", id, applicant.operatorId(), 199);
        tellScore("others", id, other, applicant.operatorId(), 200);
        await().until(() -> applicant.stateOf(other).equals("ACTIVE"));
        assertThat(applicant.stateOf(id)).isEqualTo("PROBATION");

        tellScore("enough", id, applicant.operatorId(), 200);
        await().until(() -> applicant.stateOf(id).equals("ACTIVE"));
        awaitListing(id, event -> event.state().equals("ACTIVE"));
    }

    @Test
    void keepsANodeOnProbationWhoseOperatorIsTooInaccurateToBeDrawnWhenActive() {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine());
        var other = applicant.list(machine());
        await().until(() -> applicant.stateOf(id).equals("PROBATION"));
        await().until(() -> applicant.stateOf(other).equals("PROBATION"));

        tellScore(score("probes-alone", id, applicant.operatorId(), 500, 899_999), id);
        tellScore("behind", id, other, applicant.operatorId(), 200);
        await().until(() -> applicant.stateOf(other).equals("ACTIVE"));

        assertThat(applicant.stateOf(id)).isEqualTo("PROBATION");
    }

    @Test
    void remembersScoresThatChangeSomethingAndNoOthers() {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine());
        var other = applicant.list(machine());
        await().until(() -> applicant.stateOf(id).equals("PROBATION"));
        await().until(() -> applicant.stateOf(other).equals("PROBATION"));

        tellScore("too-early", id, applicant.operatorId(), 199);
        tellScore("in-time", id, applicant.operatorId(), 200);
        tellScore("too-late", id, applicant.operatorId(), 201);
        tellScore("last", id, other, applicant.operatorId(), 200);
        await().until(() -> applicant.stateOf(other).equals("ACTIVE"));

        assertThat(jdbc.sql(
                                "select event_id from inbox_event where event_id in ('too-early', 'in-time', 'too-late', 'last')")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("in-time", "last");
    }

    @Test
    void hearsAScoreOnceAndNothingOfUnknownNodes() {
        var applicant = portal.applicant().staked();
        var id = applicant.list(machine());
        await().until(() -> applicant.stateOf(id).equals("PROBATION"));

        told.tell(Topics.REPUTATIONS, id, "not an event");
        tellScore("unknown", "no-such-node", "no-such-operator", 500);
        tellScore("once", id, applicant.operatorId(), 300);
        tellScore("once", id, applicant.operatorId(), 300);

        await().until(() -> applicant.stateOf(id).equals("ACTIVE"));
        assertThat(jdbc.sql("select count(*) from inbox_event where event_id = 'once'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private void rename(String operatorId, String name) {
        var before = operators.get(new OperatorId(operatorId));
        operators.change(
                before,
                new Operator(
                        before.id(),
                        before.wallet(),
                        name,
                        before.payoutAddress(),
                        before.website(),
                        before.state(),
                        before.delistedFor(),
                        before.countsAs(),
                        before.createdAt(),
                        before.version()));
    }

    private static void afterItsDescription(Runnable meanwhile) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                meanwhile.run();
            }
        });
    }

    private boolean waitsForItsTurn() {
        return jdbc.sql("select count(*) > 0 from pg_locks where locktype = 'advisory' and not granted")
                .query(Boolean.class)
                .single();
    }

    private ScriptedNode machine() {
        var machine = new ScriptedNode();
        machines.add(machine);
        return machine;
    }

    private void tellScore(String eventId, String nodeId, String operatorId, long verifiedRaces) {
        tellScore(eventId, nodeId, nodeId, operatorId, verifiedRaces);
    }

    /// @param behind the node behind whose scores these come
    private void tellScore(String eventId, String behind, String nodeId, String operatorId, long verifiedRaces) {
        tellScore(score(eventId, nodeId, operatorId, verifiedRaces, 900_000), behind);
    }

    private void tellScore(ScorePublished scores, String behind) {
        told.tell(Topics.REPUTATIONS, behind, JsonMapper.shared().writeValueAsString(scores));
    }

    private static ScorePublished score(
            String eventId, String nodeId, String operatorId, long verifiedRaces, int accuracy) {
        return new ScorePublished(
                eventId, Instant.now(), 1, nodeId, operatorId, Map.of(), accuracy, 900_000, verifiedRaces, false);
    }

    private NodeListed awaitListing(String nodeId, Predicate<NodeListed> expected) {
        return told.await(
                Topics.LISTINGS, NodeListed.class, event -> event.nodeId().equals(nodeId) && expected.test(event));
    }

    /// Waits until this holds of the latest listing.
    private void awaitLast(String nodeId, Predicate<NodeListed> expected) {
        await().until(() -> of(nodeId).reversed().stream().limit(1).anyMatch(expected));
    }

    private List<NodeListed> of(String nodeId) {
        return told.all(Topics.LISTINGS, NodeListed.class).stream()
                .filter(event -> event.nodeId().equals(nodeId))
                .toList();
    }

    private List<String> eventIds() {
        return told.all(Topics.LISTINGS, NodeListed.class).stream()
                .map(NodeListed::eventId)
                .toList();
    }

    private static String price(NodeListed listed, String queryClass) {
        var ask = listed.asks().get(queryClass);
        return ask == null ? "" : ask.price();
    }

    private static String nano(String price) {
        return Long.toString(Amount.parse(Asset.USDC, price).nanoUnits());
    }
}
