package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.node.NodeChanged;
import io.streamsync.onboarding.operator.Operators;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// What a change of a node means for its checks and its operator, in the transaction of the change.
@Component
class NodeListener {

    private final CheckSchedule schedule;
    private final CheckOutcomes outcomes;
    private final Operators operators;

    NodeListener(CheckSchedule schedule, CheckOutcomes outcomes, Operators operators) {
        this.schedule = schedule;
        this.outcomes = outcomes;
        this.operators = operators;
    }

    @EventListener
    void on(NodeChanged changed) {
        var node = changed.after();
        if (changed.startsOver()) {
            outcomes.forget(node.id());
            schedule.begin(node.id());
        }
        if (changed.isReturn()) {
            schedule.resume(node.id()); // nobody looked meanwhile: whose endpoint it is, is asked at once
        }
        if (changed.isPause()) {
            schedule.rest(node.id());
        }
        if (changed.endsChecks()) {
            schedule.end(node.id());
        }
        if (changed.isAdmission()) {
            var operator = operators.get(node.operatorId());
            operators.change(operator, operator.admitted());
        }
    }
}
