package io.streamsync.router.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.events.onboarding.NodeListed;
import io.streamsync.events.onboarding.NodeListed.AskListed;
import io.streamsync.events.reputation.ScorePublished;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.Quality;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.node.Upstreams;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MarketTests {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final long SECOND = 1_000_000_000L;
    private static final long STAKE = 10_000_000_000_000L;

    private final JsonMapper json = JsonMapper.shared();
    private final RouterLog log = new RouterLog();
    private final GenesisHash genesis = new GenesisHash("");
    private final Listings listings = new Listings(genesis, new Upstreams(), json, log);
    private final List<String> published = new ArrayList<>();
    private final List<Instant> named = new ArrayList<>();
    private final Parameters parameters = Parameters.defaults();
    private Instant now = NOW;
    private boolean complete = true;
    private boolean kafkaIsAway;
    private final Market market = new Market(
            listings,
            () -> complete,
            (_, hash, since, epoch) -> publish(hash + "@" + epoch, since),
            parameters,
            (InstantSource) () -> now,
            log);

    @Test
    void takesNoSnapshotBeforeTheFeedsHaveReachedThePresent() {
        complete = false;
        list("n1", "op1", "ACTIVE", "4000", NOW);

        market.refresh(0);

        assertThat(market.isReady()).isFalse();
        assertThat(published).isEmpty();
    }

    @Test
    void publishesASnapshotBeforeRacesUseIt() {
        list("n1", "op1", "ACTIVE", "4000", NOW);

        market.refresh(0);

        var view = market.current();
        assertThat(published).containsExactly(view.hash() + "@" + NOW.toEpochMilli() / 300_000);
        assertThat(view.snapshot().nodes()).extracting(ListedNode::id).containsExactly(new NodeId("n1"));
        assertThat(view.upstream(new NodeId("n1")).nodeId()).isEqualTo(new NodeId("n1"));
    }

    @Test
    void learnsTheChainFromListingsOfNodesThatAreGoneToo() {
        list("n1", "op1", "CHECKING", "4000", NOW);
        assertThat(genesis.value()).isNull();

        listings.listed("n2", listed("n2", "DELISTED", "told"));
        list("n1", "op1", "CHECKING", "4000", NOW);

        assertThat(genesis.value()).isEqualTo("told");
    }

    @Test
    void keepsToTheChainThatIsConfigured() {
        var configured = new GenesisHash("configured");

        new Listings(configured, new Upstreams(), json, log).listed("n1", listed("n1", "ACTIVE", "told"));

        assertThat(configured.value()).isEqualTo("configured");
    }

    @Test
    void takesAtMostOneSnapshotASecond() {
        market.refresh(0);
        list("n1", "op1", "ACTIVE", "4000", NOW);

        market.refresh(SECOND - 1);
        assertThat(market.current().snapshot().nodes()).isEmpty();

        market.refresh(SECOND);
        assertThat(market.current().snapshot().nodes()).hasSize(1);
    }

    @Test
    void publishesNothingWhenTheMarketStaysTheSame() {
        list("n1", "op1", "ACTIVE", "4000", NOW);
        market.refresh(0);
        list("n1", "op1", "ACTIVE", "4000", NOW.plusSeconds(1));

        market.refresh(SECOND);

        assertThat(published).hasSize(1);
    }

    @Test
    void takesARevokedNodeOutThoughKafkaIsAwayAndTellsItOnceItIsBack() {
        list("n1", "op1", "ACTIVE", "4000", NOW);
        market.refresh(0);
        kafkaIsAway = true;
        list("n1", "op1", "DRAINING", "4000", NOW.plusSeconds(1));

        market.refresh(SECOND);
        assertThat(market.current().snapshot().nodes()).isEmpty();
        assertThat(market.isReady()).isTrue();

        kafkaIsAway = false;
        market.refresh(2 * SECOND - 1);
        assertThat(published).hasSize(1);
        market.refresh(2 * SECOND);
        market.refresh(3 * SECOND);
        assertThat(published).hasSize(2);
        assertThat(published.get(1)).startsWith(market.current().hash());
    }

    @Test
    void tellsSinceWhenASnapshotIsInForceAlsoWhenItIsToldLate() {
        list("n1", "op1", "ACTIVE", "4000", NOW);
        market.refresh(0);
        kafkaIsAway = true;
        now = NOW.plusSeconds(1);
        list("n1", "op1", "DRAINING", "4000", NOW.plusSeconds(1));
        market.refresh(SECOND);
        now = NOW.plusSeconds(2);
        kafkaIsAway = false;

        market.refresh(2 * SECOND);

        assertThat(published).last().isEqualTo(market.current().hash() + "@" + NOW.toEpochMilli() / 300_000);
        assertThat(named).containsExactly(NOW, NOW.plusSeconds(1), NOW.plusSeconds(1));
    }

    @Test
    void namesItsSnapshotInEachEpochAlsoWhileKafkaIsAway() {
        list("n1", "op1", "ACTIVE", "4000", NOW);
        market.refresh(0);
        market.refresh(SECOND);
        kafkaIsAway = true;

        now = NOW.plusSeconds(300);
        market.refresh(300 * SECOND);
        now = NOW.plusSeconds(600);
        market.refresh(600 * SECOND);
        kafkaIsAway = false;
        market.refresh(601 * SECOND);

        assertThat(named)
                .as("what is kept of the one before is told with it")
                .containsExactly(NOW, NOW.plusSeconds(300), NOW.plusSeconds(600), NOW.plusSeconds(600));
    }

    @Test
    void isNotReadyBeforeKafkaHasTakenASnapshot() {
        kafkaIsAway = true;
        market.refresh(0);
        assertThat(market.isReady()).isFalse();

        kafkaIsAway = false;
        market.refresh(SECOND);
        assertThat(market.isReady()).isTrue();
    }

    @Test
    void tellsTheSnapshotAgainInANewEpoch() {
        list("n1", "op1", "ACTIVE", "4000", NOW);
        market.refresh(0);
        now = NOW.plusSeconds(300);

        market.refresh(5);

        assertThat(published).hasSize(2);
        assertThat(published.get(1)).startsWith(market.current().hash());
    }

    @Test
    void drawsOnlyListedNodesButCountsAll() {
        list("n1", "op1", "ACTIVE", "4000", NOW);
        list("n2", "op2", "PROBATION", "4000", NOW);
        list("n3", "op3", "CHECKING", "4000", NOW);

        market.refresh(0);

        assertThat(market.current().snapshot().nodes()).hasSize(2);
        assertThat(market.current().census().nodes()).isEqualTo(new Census.Nodes(1, 1, 3));
        assertThat(market.current().census().operators().total()).isEqualTo(3);
    }

    @Test
    void forgetsDelistedNodes() {
        list("n1", "op1", "ACTIVE", "4000", NOW);
        list("n1", "op1", "DELISTED", "4000", NOW.plusSeconds(1));
        list("n2", "op2", "DELISTED", "4000", NOW);

        market.refresh(0);

        assertThat(listings.listings()).isEmpty();
        assertThat(market.current().census().nodes().total()).isZero();
    }

    @Test
    void takesOutANodeThatIsGoneOrCannotBeUnderstood() {
        list("n1", "op1", "ACTIVE", "4000", NOW);
        list("n2", "op2", "ACTIVE", "4000", NOW);
        list("n3", "op3", "ACTIVE", "4000", NOW);
        listings.listed("n1", null);
        listings.listed("n2", "{\"nodeId\":7");
        list("n3", "op3", "ACTIVE", "-1", NOW);

        market.refresh(0);

        assertThat(market.current().snapshot().nodes()).isEmpty();
    }

    @Test
    void judgesNewNodesByTheProtocolsPriors() {
        list("n1", "op1", "ACTIVE", "4000", NOW);

        market.refresh(0);

        var node = market.current().snapshot().nodes().getFirst();
        assertThat(node.uptime()).isEqualTo(500_000);
        assertThat(node.offers())
                .extractingByKey(QueryClass.LOOKUP)
                .extracting(Offer::quality)
                .isEqualTo(Quality.of(500_000, 800_000, 500_000, STAKE, parameters.minimumStake()));
    }

    @Test
    void usesTheLatestScoreForEveryNodeOfAnOperator() {
        list("n1", "op1", "ACTIVE", "4000", NOW);
        list("n2", "op1", "ACTIVE", "4000", NOW);
        listings.scored("n1", score("n1", "op1", 950_000, NOW));
        listings.scored("n2", score("n2", "op1", 910_000, NOW.plusSeconds(1)));

        market.refresh(0);

        var snapshot = market.current().snapshot();
        assertThat(snapshot.operator(new OperatorId("op1")).accuracy()).isEqualTo(910_000);
        assertThat(snapshot.nodes().getFirst().offers())
                .extractingByKey(QueryClass.LOOKUP)
                .extracting(Offer::performance)
                .isEqualTo(700_000);
    }

    @Test
    void knowsTheFieldOfCommonTermsOnce() {
        list("n1", "op1", "PROBATION", "4000", NOW);
        market.refresh(0);

        var field = market.current().field(QueryClass.LOOKUP, Terms.standard(3));

        assertThat(market.current().field(QueryClass.LOOKUP, Terms.standard(3))).isSameAs(field);
        assertThat(field.cheapestAsk()).isEqualTo(4_000);
        assertThat(field.dearestAsk()).isEqualTo(4_000);
        assertThat(field.ceiling()).isEqualTo(20_000);
    }

    @Test
    void keepsNoFieldThatIsForOnce() {
        list("n1", "op1", "ACTIVE", "4000", NOW);
        market.refresh(0);

        var once = market.current().fieldForOnce(QueryClass.LOOKUP, Terms.standard(3));
        var kept = market.current().field(QueryClass.LOOKUP, Terms.standard(3));

        assertThat(kept).isNotSameAs(once);
        assertThat(market.current().fieldForOnce(QueryClass.LOOKUP, Terms.standard(3)))
                .isSameAs(kept);
    }

    private void publish(String snapshot, Instant since) {
        named.add(since);
        if (kafkaIsAway) {
            throw new IllegalStateException("Kafka is away");
        }
        published.add(snapshot);
    }

    private void list(String nodeId, String operatorId, String state, String price, Instant at) {
        listings.listed(nodeId, listed(nodeId, operatorId, state, price, at));
    }

    private @Nullable String listed(String nodeId, String operatorId, String state, String price, Instant at) {
        return listed(nodeId, operatorId, state, price, at, null);
    }

    private String listed(String nodeId, String state, String genesisHash) {
        return listed(nodeId, "op1", state, "4000", NOW, genesisHash);
    }

    private String listed(
            String nodeId, String operatorId, String state, String price, Instant at, @Nullable String genesisHash) {
        return json.writeValueAsString(new NodeListed(
                "e-" + nodeId + at,
                at,
                1,
                nodeId,
                operatorId,
                "Operator " + operatorId,
                "ACTIVE",
                operatorId,
                Long.toString(STAKE),
                state,
                "http://127.0.0.1:9",
                null,
                null,
                List.of("127.0.0.1"),
                Map.of(),
                Map.of("lookup", new AskListed(price, 50, 100)),
                genesisHash));
    }

    private String score(String nodeId, String operatorId, int accuracy, Instant at) {
        return json.writeValueAsString(new ScorePublished(
                "s-" + nodeId, at, 1, nodeId, operatorId, Map.of("lookup", 700_000), accuracy, 990_000, 5, false));
    }
}
