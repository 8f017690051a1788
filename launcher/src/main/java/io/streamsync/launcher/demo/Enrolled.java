package io.streamsync.launcher.demo;

import io.streamsync.protocol.money.Amount;
import java.util.List;

/// An operator of the market with its admitted nodes.
record Enrolled(String operatorId, String name, Amount stake, List<Node> nodes) {

    record Node(String nodeId, DevnetNode process) {}
}
