package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.OperatorId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/// Who can be drawn for one kind of place: operator groups in the byte order of their ids, the nodes of each in that of
/// theirs, and running sums over the weights of both. Immutable.
final class Entrants {

    private final List<OperatorId> groups;
    private final long[] groupSums;
    private final List<Seller> nodes;
    private final long[] nodeSums;
    // the nodes of group g are those from starts[g] to starts[g + 1]
    private final int[] starts;

    private Entrants(List<OperatorId> groups, long[] groupSums, List<Seller> nodes, long[] nodeSums, int[] starts) {
        this.groups = groups;
        this.groupSums = groupSums;
        this.nodes = nodes;
        this.nodeSums = nodeSums;
        this.starts = starts;
    }

    /// @param sellers in the order of [ClassMarket#sellers()]
    static Entrants of(ClassMarket market, List<Seller> sellers, NodeWeight nodeWeight, GroupWeight groupWeight) {
        var groups = new ArrayList<OperatorId>();
        var groupSums = new long[sellers.size() + 1];
        var nodeSums = new long[sellers.size() + 1];
        var starts = new int[sellers.size() + 1];
        for (var from = 0; from < sellers.size(); ) {
            var group = sellers.get(from).group();
            var to = from;
            for (; to < sellers.size() && sellers.get(to).group() == group; to++) {
                nodeSums[to + 1] = nodeSums[to] + Math.max(1, nodeWeight.of(sellers.get(to)));
            }
            var weight = groupWeight.of(group, nodeSums[to] - nodeSums[from], to - from);
            groupSums[groups.size() + 1] = groupSums[groups.size()] + Math.max(1, weight);
            groups.add(market.group(group));
            starts[groups.size()] = to;
            from = to;
        }
        return new Entrants(
                List.copyOf(groups),
                Arrays.copyOf(groupSums, groups.size() + 1),
                List.copyOf(sellers),
                nodeSums,
                Arrays.copyOf(starts, groups.size() + 1));
    }

    int groupCount() {
        return groups.size();
    }

    int nodeCount() {
        return nodes.size();
    }

    OperatorId group(int group) {
        return groups.get(group);
    }

    /// @return below zero when the group has no entrant
    int indexOf(OperatorId group) {
        return Collections.binarySearch(groups, group);
    }

    int groupOfNode(int node) {
        var found = Arrays.binarySearch(starts, node);
        return found >= 0 ? found : -found - 2;
    }

    Seller node(int node) {
        return nodes.get(node);
    }

    long nodeWeight(int node) {
        return nodeSums[node + 1] - nodeSums[node];
    }

    /// The node's share of the first place.
    double probability(int node) {
        var group = groupOfNode(node);
        var groupShare = (double) (groupSums[group + 1] - groupSums[group]) / groupSums[groups.size()];
        return groupShare * nodeWeight(node) / (nodeSums[starts[group + 1]] - nodeSums[starts[group]]);
    }

    Remaining allGroups() {
        return new Remaining(groupSums, 0, groups.size());
    }

    Remaining nodesOf(int group) {
        return new Remaining(nodeSums, starts[group], starts[group + 1]);
    }

    /// How much a node weighs within its group.
    @FunctionalInterface
    interface NodeWeight {
        long of(Seller seller);
    }

    /// How much a group weighs among the groups.
    @FunctionalInterface
    interface GroupWeight {
        long of(int group, long sumOfNodes, int nodes);
    }
}
