package io.streamsync.launcher.demo;

import io.streamsync.protocol.money.Amount;
import java.util.List;

/// Who takes part, so that the story can call operators by their names.
record Cast(List<Enrolled> operators) {

    /// A node by its operator's name and its number there.
    String node(String operatorId, String nodeId) {
        return operators.stream()
                .filter(operator -> operator.operatorId().equals(operatorId))
                .flatMap(operator ->
                        operator.numberOf(nodeId).stream().mapToObj(number -> operator.name() + " " + number))
                .findAny()
                .orElse(nodeId);
    }

    /// What a node asks for a query class.
    Amount ask(String nodeId, String queryClass) {
        return operators.stream()
                .flatMap(operator -> operator.nodes().stream())
                .filter(node -> node.nodeId().equals(nodeId))
                .map(node -> node.process().price(queryClass))
                .findAny()
                .orElse(Amount.usdc(0));
    }

    String name(String operatorId) {
        return operators.stream()
                .filter(operator -> operator.operatorId().equals(operatorId))
                .map(Enrolled::name)
                .findAny()
                .orElse(operatorId);
    }
}
