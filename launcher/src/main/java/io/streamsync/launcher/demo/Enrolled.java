package io.streamsync.launcher.demo;

import io.streamsync.protocol.money.Amount;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// An operator of the market with its admitted nodes.
///
/// @param part in the story; empty for most
/// @param session its wallet's
record Enrolled(String operatorId, String name, String part, Amount stake, Api session, List<Node> nodes) {

    String path() {
        return "/v1/operators/" + operatorId;
    }

    /// The same node in a process of its own again.
    Enrolled with(DevnetNode restarted) {
        var all = nodes.stream()
                .map(node -> node.process().port() == restarted.port() ? new Node(node.nodeId(), restarted) : node)
                .toList();
        return new Enrolled(operatorId, name, part, stake, session, all);
    }

    /// Counted from 1; none for another operator's node.
    OptionalInt numberOf(String nodeId) {
        return IntStream.rangeClosed(1, nodes.size())
                .filter(number -> nodes.get(number - 1).nodeId().equals(nodeId))
                .findFirst();
    }

    record Node(String nodeId, DevnetNode process) {}
}
