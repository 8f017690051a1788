package io.streamsync.router.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Candidate;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.router.market.Views;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Fields of five nodes, which ask 1 000 to 5 000.
class FieldsTests {

    private final Fields fields = new Fields(Views.of(market(), Map.of()));

    @Test
    void hasOneFieldForAllCeilingsBetweenTwoAsks() {
        var distinct = LongStream.range(0, 7_000)
                .mapToObj(ceiling -> fields.of(upTo(ceiling)))
                .distinct()
                .count();

        assertThat(distinct).isLessThanOrEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 999, 1_000, 1_001, 2_500, 4_999, 5_000, 9_000, Long.MAX_VALUE})
    void roundsNobodyInOrOut(long ceiling) {
        var allowed = fields.of(upTo(ceiling)).field().candidates();

        assertThat(allowed).allMatch(candidate -> candidate.ask().priceNano() <= ceiling);
        assertThat(allowed).hasSize((int) Math.min(5, ceiling / 1_000));
        for (var i = 1; i <= 5; i++) {
            var found = fields.candidate(new NodeId("n" + i), upTo(ceiling));
            assertThat(found != null).isEqualTo(1_000L * i <= ceiling);
        }
    }

    @Test
    void findsNodesUnderAnyNumberOfTerms() {
        for (var excluded = 0; excluded < 200; excluded++) {
            var terms = without("o" + excluded % 6 + (excluded < 6 ? "" : "-" + excluded));
            var found = IntStream.rangeClosed(1, 5)
                    .mapToObj(i -> fields.candidate(new NodeId("n" + i), terms))
                    .filter(candidate -> candidate != null)
                    .map(Candidate::node)
                    .count();
            assertThat(found).isEqualTo(excluded >= 1 && excluded <= 5 ? 4 : 5);
        }
    }

    private static Terms upTo(long ceiling) {
        var standard = Terms.standard(3);
        return new Terms(
                standard.prefer(),
                OptionalLong.of(ceiling),
                standard.maxLatencyMs(),
                standard.racers(),
                0,
                false,
                List.of(),
                List.of());
    }

    private static Terms without(String operator) {
        var standard = Terms.standard(3);
        return new Terms(
                standard.prefer(),
                OptionalLong.empty(),
                standard.maxLatencyMs(),
                standard.racers(),
                0,
                false,
                List.of(),
                List.of(new OperatorId(operator)));
    }

    private static MarketSnapshot market() {
        return MarketSnapshot.of(
                "1",
                IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> new ListedOperator(
                                new OperatorId("o" + i), new OperatorId("o" + i), 10_000_000_000_000L, 990_000, false))
                        .toList(),
                IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> new ListedNode(
                                new NodeId("n" + i),
                                new OperatorId("o" + i),
                                NodeState.ACTIVE,
                                990_000,
                                Map.of(QueryClass.LOOKUP, new Offer(new Ask(1_000L * i, 250, 10), 990_000, 900_000))))
                        .toList());
    }
}
