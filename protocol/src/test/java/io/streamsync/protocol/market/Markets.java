package io.streamsync.protocol.market;

import io.streamsync.protocol.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Markets for tests: operators and nodes with defaults that make them capable.
public final class Markets {

    public static final long STRM = 1_000_000_000L;

    private final List<ListedOperator> operators = new ArrayList<>();
    private final List<ListedNode> nodes = new ArrayList<>();

    /// An operator with the minimum stake and one active node at the price.
    public Markets operator(String id, long priceNano) {
        return operator(id, 10_000).node(id + "-1", id, priceNano);
    }

    public Markets operator(String id, int stake) {
        return operator(id, id, stake);
    }

    public Markets operator(String id, String countsAs, int stake) {
        return operator(new ListedOperator(new OperatorId(id), new OperatorId(countsAs), stake * STRM, 950_000, false));
    }

    public Markets operator(ListedOperator operator) {
        operators.add(operator);
        return this;
    }

    public Markets node(String id, String operator, long priceNano) {
        return node(id, operator, NodeState.ACTIVE, offer(priceNano));
    }

    public Markets onProbation(String id, String operator, long priceNano) {
        return node(id, operator, NodeState.PROBATION, offer(priceNano));
    }

    public Markets node(String id, String operator, NodeState state, Offer offer) {
        nodes.add(new ListedNode(
                new NodeId(id), new OperatorId(operator), state, 900_000, Map.of(QueryClass.LOOKUP, offer)));
        return this;
    }

    public MarketSnapshot snapshot() {
        return MarketSnapshot.of(Parameters.defaults().version(), operators, nodes);
    }

    /// Promises 50 ms.
    public static Offer offer(long priceNano) {
        return new Offer(new Ask(priceNano, 50, 100), 800_000, 800_000);
    }

    /// Any market of the given size: groups of several operators, several nodes, probation, flags, low accuracies.
    public static MarketSnapshot any(long seed, int operators) {
        var random = new Random(seed);
        var market = new Markets();
        for (var i = 0; i < operators; i++) {
            var countsAs = i > 0 && random.nextInt(5) == 0 ? random.nextInt(i) : i;
            market.operator(new ListedOperator(
                    new OperatorId("operator-" + i),
                    new OperatorId("operator-" + countsAs),
                    (10_000L + random.nextInt(1_000_000)) * STRM,
                    random.nextInt(4) == 0 ? random.nextInt(900_000) : 900_000 + random.nextInt(100_001),
                    random.nextInt(20) == 0));
            for (var n = random.nextInt(4); n >= 0; n--) {
                market.node(
                        "node-" + i + "-" + n,
                        "operator-" + i,
                        random.nextInt(4) == 0 ? NodeState.PROBATION : NodeState.ACTIVE,
                        new Offer(
                                new Ask(3_000 + random.nextInt(6_000), 1 + random.nextInt(200), 10),
                                random.nextInt(1_000_001),
                                random.nextInt(1_460_518)));
            }
        }
        return market.snapshot();
    }
}
