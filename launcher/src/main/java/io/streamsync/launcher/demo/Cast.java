package io.streamsync.launcher.demo;

import io.streamsync.launcher.installation.Obstacle;
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

    Enrolled playing(String part) {
        return operators.stream()
                .filter(operator -> operator.part().equals(part))
                .findAny()
                .orElseThrow(() -> new Obstacle("devnet/operators.json names nobody to play the part: " + part));
    }

    Cast with(DevnetNode restarted) {
        return new Cast(operators.stream()
                .map(operator -> operator.name().equals(restarted.operator()) ? operator.with(restarted) : operator)
                .toList());
    }

    String name(String operatorId) {
        return operators.stream()
                .filter(operator -> operator.operatorId().equals(operatorId))
                .map(Enrolled::name)
                .findAny()
                .orElse(operatorId);
    }
}
