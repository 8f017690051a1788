package io.streamsync.onboarding.exit;

import io.streamsync.onboarding.node.Nodes;
import io.streamsync.onboarding.operator.OperatorState;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.stake.Stakes;
import io.streamsync.protocol.market.OperatorId;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Ends exits: when all stake has left the bond and the last node has drained.
@Component
class Exits {

    private static final Logger log = LoggerFactory.getLogger(Exits.class);

    private final DueExits due;
    private final Operators operators;
    private final Stakes stakes;
    private final Nodes nodes;
    private final InstantSource clock;
    private final TransactionTemplate transaction;

    Exits(
            DueExits due,
            Operators operators,
            Stakes stakes,
            Nodes nodes,
            InstantSource clock,
            PlatformTransactionManager transactions) {
        this.due = due;
        this.operators = operators;
        this.stakes = stakes;
        this.nodes = nodes;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Scheduled(fixedDelay = 1_000)
    void endDue() {
        due.at(clock.instant()).forEach(this::endAlone);
    }

    /// One that hangs holds up no other.
    private void endAlone(OperatorId id) {
        try {
            transaction.executeWithoutResult(status -> end(id));
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("operatorId", id)
                    .addKeyValue("reason", e.getMessage())
                    .log("an exit could not be ended, trying again");
        }
    }

    private void end(OperatorId id) {
        var operator = operators.locked(id);
        if (operator.state() == OperatorState.EXITING
                && stakes.locked(id).isReleased()
                && nodes.ofOperator(id).isEmpty()) {
            operators.change(operator, operator.exited());
        }
    }
}
