package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.admission.AdmissionRound.Report;
import io.streamsync.onboarding.node.Node;
import io.streamsync.onboarding.node.Nodes;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Runs the rounds that are due, and those that operators ask for; so many at once and no more.
@Component
class AdmissionRounds {

    private static final int AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Before a round is tried again that could not be run: the usual pace of rounds.
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final CheckSchedule schedule;
    private final Nodes nodes;
    private final AdmissionRound round;
    private final Admission admission;
    private final AtOnce atOnce;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final AskedRounds asked = new AskedRounds(PATIENCE);

    AdmissionRounds(CheckSchedule schedule, Nodes nodes, AdmissionRound round, Admission admission, AtOnce atOnce) {
        this.schedule = schedule;
        this.nodes = nodes;
        this.round = round;
        this.admission = admission;
        this.atOnce = atOnce;
    }

    @Scheduled(fixedDelay = 500)
    void runDue() {
        int places = free.drainPermits();
        if (places == 0) {
            return;
        }
        var due = claim(places);
        for (var nodeId : due) {
            atOnce.start(() -> runDue(nodeId));
        }
    }

    /// All checks, for an operator that waits for them.
    void runNow(Node node) {
        if (node.isOut()) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    node.isRetired()
                            ? "The node is " + node.state() + ": it is not checked any more. List another one."
                            : "The node is DELISTED with its operator: it is checked when the operator is back.");
        }
        asked.run(
                node.id(),
                () -> AskedRounds.inAPlace(
                        free,
                        PATIENCE,
                        () -> run(node.state() == NodeState.FAILED ? admission.retry(node) : node, round::whole)));
    }

    private List<NodeId> claim(int places) {
        var due = List.<NodeId>of();
        try {
            due = schedule.claim(places);
            return due;
        } finally {
            free.release(places - due.size());
        }
    }

    private void runDue(NodeId nodeId) {
        try {
            nodes.find(nodeId)
                    .ifPresent(
                            node -> run(node, node.state() == NodeState.CHECKING ? round::whole : round::controlOnly));
        } finally {
            free.release();
        }
    }

    private void run(Node node, Function<Node, Report> checks) {
        try {
            admission.conclude(node, checks.apply(node));
        } catch (OptimisticLockingFailureException changedMeanwhile) {
            // what was found is of a node that is another by now; its next round finds out
            schedule.again(node.id(), Duration.ZERO);
        } catch (RuntimeException e) {
            AdmissionLog.roundFailed(node, e);
            schedule.again(node.id(), PAUSE);
        }
    }
}
