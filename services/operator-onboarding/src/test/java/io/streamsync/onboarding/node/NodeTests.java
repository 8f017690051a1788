package io.streamsync.onboarding.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.outbound.OutboundHeaders;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.OperatorId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeTests {

    private static final Instant THEN = Instant.EPOCH;
    private static final Instant NOW = THEN.plusSeconds(60);

    @ParameterizedTest
    @CsvSource({
        "CHECKING,  PROBATION, CHECKING, FAILED,   CHECKING, DELISTED, CHECKING",
        "PROBATION, PROBATION, ACTIVE,   FAILED,   PROBATION, DRAINING, PROBATION",
        "ACTIVE,    ACTIVE,    ACTIVE,   FAILED,   ACTIVE,   DRAINING, ACTIVE",
        "FAILED,    FAILED,    FAILED,   FAILED,   CHECKING, DELISTED, FAILED",
        "DRAINING,  DRAINING,  DRAINING, DRAINING, DRAINING, DRAINING, DELISTED",
        "DELISTED,  DELISTED,  DELISTED, DELISTED, DELISTED, DELISTED, DELISTED"
    })
    void goesFromStateToState(
            NodeState state,
            NodeState admitted,
            NodeState proven,
            NodeState failed,
            NodeState rechecked,
            NodeState removed,
            NodeState drained) {
        var node = in(state);

        assertThat(node.admitted(NOW).state()).isEqualTo(admitted);
        assertThat(node.proven(NOW).state()).isEqualTo(proven);
        assertThat(node.failed(NOW).state()).isEqualTo(failed);
        assertThat(node.rechecked(NOW).state()).isEqualTo(rechecked);
        assertThat(node.removed(NOW).state()).isEqualTo(removed);
        assertThat(node.drained(NOW).state()).isEqualTo(drained);
    }

    @ParameterizedTest
    @CsvSource({
        "CHECKING,  DELISTED, CHECKING",
        "PROBATION, DELISTED, PROBATION",
        "ACTIVE,    DELISTED, ACTIVE",
        "FAILED,    FAILED,   FAILED",
        "DRAINING,  DRAINING, DRAINING",
        "DELISTED,  DELISTED, DELISTED"
    })
    void leavesWithItsOperatorAndComesBackAsItWas(NodeState state, NodeState away, NodeState back) {
        var paused = in(state).paused(NOW);

        assertThat(paused.state()).isEqualTo(away);
        assertThat(paused.paused(NOW)).isEqualTo(paused);
        assertThat(paused.admitted(NOW).state()).isEqualTo(away);
        assertThat(paused.proven(NOW).state()).isEqualTo(away);
        assertThat(paused.returned(NOW).state()).isEqualTo(back);
        assertThat(paused.returned(NOW).returnsAs()).isNull();
    }

    @Test
    void isCheckedAnewWhenItMovedWhileItsOperatorWasAway() {
        var paused = in(NodeState.ACTIVE).paused(NOW);
        var moved = paused.reachedBy(reach("http://elsewhere.example:8899/"), NOW);

        assertThat(moved.state()).isEqualTo(NodeState.DELISTED);
        assertThat(moved.returned(NOW).state()).isEqualTo(NodeState.CHECKING);
    }

    @Test
    void isGoneForGoodWhenItIsRemovedWhileItsOperatorIsAway() {
        var paused = in(NodeState.ACTIVE).paused(NOW);

        assertThat(paused.isRetired()).isFalse();
        assertThat(paused.isOut()).isTrue();
        assertThat(paused.removed(NOW).isRetired()).isTrue();
        assertThat(paused.removed(NOW).returned(NOW).state()).isEqualTo(NodeState.DELISTED);
    }

    @Test
    void saysWhenItIsAdmissible() {
        assertThat(in(NodeState.CHECKING).admissibleAt(Duration.ofDays(1))).isEqualTo(THEN.plus(Duration.ofDays(1)));
        assertThat(in(NodeState.PROBATION).admissibleAt(Duration.ofDays(1))).isNull();
    }

    @Test
    void rememberSinceWhenItIsInItsState() {
        assertThat(in(NodeState.CHECKING).admitted(NOW).since()).isEqualTo(NOW);
        assertThat(in(NodeState.ACTIVE).admitted(NOW).since()).isEqualTo(THEN);
    }

    @Test
    void isCheckedAnewWhenItIsReachedOtherwise() {
        var node = in(NodeState.ACTIVE);
        var moved =
                new Reach(URI.create("http://other.example/"), null, OutboundHeaders.none(), List.of("93.184.216.35"));
        var keyed = new Reach(
                node.reach().endpoint(),
                null,
                new OutboundHeaders(Map.of("x-key", "k")),
                node.reach().addresses());

        assertThat(node.reachedBy(moved, NOW).state()).isEqualTo(NodeState.CHECKING);
        assertThat(node.reachedBy(keyed, NOW).state()).isEqualTo(NodeState.CHECKING);
        assertThat(node.reachedBy(node.reach().at(List.of("93.184.216.99")), NOW))
                .isEqualTo(node);
    }

    @ParameterizedTest
    @CsvSource({
        "http://node.example:8899/, ws://node.example:8900/",
        "https://node.example, wss://node.example:444",
        "http://node.example/rpc?key=1, ws://node.example:81/rpc?key=1",
        "http://[2606:2800::1]:8899/, ws://[2606:2800::1]:8900/"
    })
    void speaksWebSocketOnTheNextPort(String endpoint, String expected) {
        assertThat(reach(endpoint).webSocket()).hasValue(URI.create(expected));
    }

    @Test
    void hasNoWebSocketBehindTheLastPort() {
        assertThat(reach("http://node.example:65535/").webSocket()).isEmpty();
    }

    @Test
    void showsItsOriginWithoutPathAndQuery() {
        assertThat(reach("https://node.example:8899/rpc?key=1").origin())
                .isEqualTo(URI.create("https://node.example:8899"));
    }

    private static Node in(NodeState state) {
        return new Node(
                new NodeId("n"),
                new OperatorId("o"),
                reach("http://node.example:8899/"),
                null,
                state,
                null,
                null,
                THEN,
                THEN,
                0);
    }

    private static Reach reach(String endpoint) {
        return new Reach(URI.create(endpoint), null, OutboundHeaders.none(), List.of("93.184.216.34"));
    }
}
