package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.identity.Caller;
import io.streamsync.onboarding.node.Node;
import io.streamsync.onboarding.node.Nodes;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.portal.Page;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The checks over HTTP, for the node's operator.
@RestController
@RequestMapping("/v1/operators/{operatorId}/nodes/{nodeId}/checks")
class AdmissionController {

    private final Operators operators;
    private final Nodes nodes;
    private final CheckOutcomes outcomes;
    private final AdmissionRounds rounds;

    AdmissionController(Operators operators, Nodes nodes, CheckOutcomes outcomes, AdmissionRounds rounds) {
        this.operators = operators;
        this.nodes = nodes;
        this.outcomes = outcomes;
        this.rounds = rounds;
    }

    @GetMapping
    Page<CheckOutcome> list(Caller caller, @PathVariable OperatorId operatorId, @PathVariable NodeId nodeId) {
        return Page.whole(outcomes.of(own(caller, operatorId, nodeId).id()));
    }

    @PostMapping
    Page<CheckOutcome> run(Caller caller, @PathVariable OperatorId operatorId, @PathVariable NodeId nodeId) {
        var node = own(caller, operatorId, nodeId);
        rounds.runNow(node);
        return Page.whole(outcomes.of(node.id()));
    }

    private Node own(Caller caller, OperatorId operatorId, NodeId nodeId) {
        return nodes.of(operators.own(operatorId, caller).id(), nodeId);
    }
}
