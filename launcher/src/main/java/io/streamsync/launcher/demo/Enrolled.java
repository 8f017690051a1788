package io.streamsync.launcher.demo;

import io.streamsync.protocol.money.Amount;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// An operator of the market with its admitted nodes.
record Enrolled(String operatorId, String name, Amount stake, List<Node> nodes) {

    /// Counted from 1; none for another operator's node.
    OptionalInt numberOf(String nodeId) {
        return IntStream.rangeClosed(1, nodes.size())
                .filter(number -> nodes.get(number - 1).nodeId().equals(nodeId))
                .findFirst();
    }

    record Node(String nodeId, DevnetNode process) {}
}
