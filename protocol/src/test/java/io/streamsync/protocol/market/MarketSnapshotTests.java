package io.streamsync.protocol.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarketSnapshotTests {

    private static final MarketSnapshot SMALL = new Markets()
            .operator("b", 5_000L)
            .operator("a", 4_000L)
            .onProbation("b-0", "b", 9_000)
            .snapshot();

    @Test
    void isWrittenInOneWay() {
        assertThat(text(SMALL))
                .isEqualTo("{\"nodes\":["
                        + node("a-1", "a", "ACTIVE", 4000) + ","
                        + node("b-0", "b", "PROBATION", 9000) + ","
                        + node("b-1", "b", "ACTIVE", 5000)
                        + "],\"operators\":["
                        + "{\"accuracy\":950000,\"bondedStake\":\"10000000000000\",\"countsAs\":\"a\","
                        + "\"flagged\":false,\"id\":\"a\"},"
                        + "{\"accuracy\":950000,\"bondedStake\":\"10000000000000\",\"countsAs\":\"b\","
                        + "\"flagged\":false,\"id\":\"b\"}],\"parametersVersion\":\"1\"}");
    }

    private static String node(String id, String operator, String state, int price) {
        return "{\"id\":\"" + id + "\",\"offers\":{\"lookup\":{\"capacity\":100,\"guaranteedLatencyMs\":50,"
                + "\"performance\":800000,\"price\":\"" + price + "\",\"quality\":800000}},\"operatorId\":\""
                + operator + "\",\"state\":\"" + state + "\",\"uptime\":900000}";
    }

    @Test
    void isCanonicalByTheLibrary() throws IOException {
        for (var seed = 0; seed < 50; seed++) {
            var text = text(Markets.any(seed, seed));

            assertThat(new JsonCanonicalizer(text).getEncodedString()).isEqualTo(text);
        }
    }

    @Test
    void isTheSameInWhateverOrderItWasMade() {
        var random = new Random(5);
        var snapshot = Markets.any(5, 30);
        var operators = new ArrayList<>(snapshot.operators());
        var nodes = new ArrayList<>(snapshot.nodes());
        Collections.shuffle(operators, random);
        Collections.shuffle(nodes, random);
        var shuffled = MarketSnapshot.of("1", operators, nodes);

        assertThat(shuffled).isEqualTo(snapshot).hasSameHashCodeAs(snapshot);
        assertThat(shuffled.hash()).isEqualTo(snapshot.hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void isReadBack() {
        for (var seed = 0; seed < 50; seed++) {
            var snapshot = Markets.any(seed, seed);
            var read = MarketSnapshot.parse(snapshot.canonical());

            assertThat(read).isEqualTo(snapshot);
            assertThat(read.hash()).isEqualTo(snapshot.hash());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"nodes\":[],\"operators\":[]}",
                "{\"nodes\":[],\"operators\":[],\"parametersVersion\":\"1\"} ",
                "{\"operators\":[],\"nodes\":[],\"parametersVersion\":\"1\"}",
                "{\"nodes\":[],\"operators\":[],\"parametersVersion\":\"1\",\"x\":1}",
                "{\"nodes\":{},\"operators\":[],\"parametersVersion\":\"1\"}",
                "{\"nodes\":[7],\"operators\":[],\"parametersVersion\":\"1\"}",
                "{\"nodes\":[],\"operators\":[],\"parametersVersion\":\"\\u0031\"}",
                "{\"nodes\":[],\"operators\":[],\"parametersVersion\":1}"
            })
    void refusesWhatIsNoCanonicalSnapshot(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThatIllegalArgumentException().isThrownBy(() -> MarketSnapshot.parse(bytes));
    }

    @Test
    void refusesUnknownClassesAndStates() {
        var offer = text(SMALL).replace("\"lookup\"", "\"lookdown\"").getBytes(StandardCharsets.UTF_8);
        var state = text(SMALL).replace("PROBATION", "RETIRED").getBytes(StandardCharsets.UTF_8);

        assertThatIllegalArgumentException().isThrownBy(() -> MarketSnapshot.parse(offer));
        assertThatIllegalArgumentException().isThrownBy(() -> MarketSnapshot.parse(state));
    }

    @Test
    void leavesOutWhatIsNotListed() {
        var market = new Markets().operator("a", 4_000L).node("a-2", "unknown", 1);
        for (var state : NodeState.values()) {
            market.node("a-" + state, "a", state, Markets.offer(1));
        }

        assertThat(market.snapshot().nodes())
                .extracting(node -> node.id().value())
                .containsExactly("a-1", "a-ACTIVE", "a-PROBATION");
    }

    @Test
    void findsOperators() {
        assertThat(SMALL.operator(new OperatorId("a")).bondedStake()).isEqualTo(10_000 * Markets.STRM);
        assertThatIllegalArgumentException().isThrownBy(() -> SMALL.operator(new OperatorId("c")));
    }

    @Test
    void namesEverybodyOnce() {
        var twice = new Markets().operator("a", 1L).operator("b", 1L).node("a-1", "b", 1);

        assertThatIllegalArgumentException().isThrownBy(twice::snapshot).withMessageContaining("a-1");
        assertThatIllegalArgumentException().isThrownBy(() -> MarketSnapshot.of("\"", List.of(), List.of()));
    }

    @Test
    void givesAwayNoHandleOnItsBytes() {
        SMALL.canonical()[0] = 'x';

        assertThat(text(SMALL)).startsWith("{");
    }

    @Test
    void ordersOffersByTheNamesOfTheirClasses() {
        var offer = Markets.offer(1);
        var node = new ListedNode(
                new NodeId("n"),
                new OperatorId("o"),
                NodeState.ACTIVE,
                0,
                Map.of(
                        QueryClass.SUBMIT, offer,
                        QueryClass.ARCHIVE, offer,
                        QueryClass.SCAN, offer,
                        QueryClass.LOOKUP, offer,
                        QueryClass.COMPRESSED, offer));
        var operator = new ListedOperator(new OperatorId("o"), new OperatorId("o"), 1, 0, true);

        assertThat(text(MarketSnapshot.of("1", List.of(operator), List.of(node)))
                        .replaceAll("[^a-z]+", " "))
                .containsSubsequence(" archive ", " compressed ", " lookup ", " scan ", " submit ");
    }

    private static String text(MarketSnapshot snapshot) {
        return new String(snapshot.canonical(), StandardCharsets.UTF_8);
    }
}
