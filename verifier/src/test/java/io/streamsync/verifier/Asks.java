package io.streamsync.verifier;

import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.verifier.publication.EpochPage.Skips;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The market that the tests' routers sell: ten operators, of which one is on probation and one is flagged.
final class Asks {

    static final int OPERATORS = 10;

    private static final long STRM = 1_000_000_000L;

    private Asks() {}

    /// @param change added to every price, so that two snapshots differ
    static MarketSnapshot snapshot(Parameters parameters, long change) {
        var operators = new ArrayList<ListedOperator>();
        var nodes = new ArrayList<ListedNode>();
        for (var i = 0; i < OPERATORS; i++) {
            var id = operator(i);
            // the last two have one network
            var countsAs = i == OPERATORS - 1 ? operator(i - 1) : id;
            operators.add(new ListedOperator(id, countsAs, stake(i), 950_000, i == 6));
            nodes.add(node(i, 0, change));
            if (i % 2 == 0) {
                nodes.add(node(i, 1, change));
            }
        }
        return MarketSnapshot.of(parameters.version(), operators, List.copyOf(nodes));
    }

    /// What all of them have bonded, nano-STRM.
    static Map<OperatorId, Long> stakes() {
        return IntStream.range(0, OPERATORS).boxed().collect(Collectors.toMap(Asks::operator, Asks::stake));
    }

    static long stake(int operator) {
        return (10_000 + 5_000L * operator) * STRM;
    }

    static OperatorId operator(int number) {
        return new OperatorId("operator-" + number);
    }

    /// All operators, each drawn so often at most.
    static List<Skips> everybody(long drawn) {
        return IntStream.range(0, OPERATORS)
                .mapToObj(number -> new Skips(operator(number).value(), drawn, 0))
                .toList();
    }

    private static ListedNode node(int operator, int number, long change) {
        var offers = new EnumMap<QueryClass, Offer>(QueryClass.class);
        for (var queryClass : QueryClass.values()) {
            var price = 2_000L + 500L * operator + 10L * number + change;
            offers.put(
                    queryClass,
                    new Offer(new Ask(price, 40 + 10 * operator, 100), 800_000 + 10_000 * operator, 900_000));
        }
        return new ListedNode(
                new NodeId("node-" + operator + "-" + number),
                operator(operator),
                operator == 3 ? NodeState.PROBATION : NodeState.ACTIVE,
                990_000,
                offers);
    }
}
