package io.streamsync.onboarding.admission;

import io.streamsync.onboarding.admission.AdmissionRound.Report;
import io.streamsync.onboarding.node.Node;
import io.streamsync.onboarding.node.Nodes;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Draws the consequences of a round of checks: outcomes, node and schedule change together, or not at all.
@Component
class Admission {

    private final Operators operators;
    private final Nodes nodes;
    private final CheckOutcomes outcomes;
    private final CheckSchedule schedule;
    private final GenesisHash genesis;
    private final AdmissionRules rules;
    private final InstantSource clock;

    Admission(
            Operators operators,
            Nodes nodes,
            CheckOutcomes outcomes,
            CheckSchedule schedule,
            GenesisHash genesis,
            AdmissionRules rules,
            InstantSource clock) {
        this.operators = operators;
        this.nodes = nodes;
        this.outcomes = outcomes;
        this.schedule = schedule;
        this.genesis = genesis;
        this.rules = rules;
        this.clock = clock;
    }

    /// @param before the node when the round began: if it is another by now, what was found says nothing about it
    @Transactional
    public void conclude(Node before, Report report) {
        operators.locked(before.operatorId());
        if (!before.equals(nodes.find(before.id()).orElse(null))) {
            schedule.again(before.id(), Duration.ZERO);
            return;
        }
        if (before.state() != NodeState.CHECKING) {
            stay(before, report);
            return;
        }
        switch (rules.verdict(report, now())) {
            case AdmissionVerdict.Admitted _ -> admit(before, report);
            case AdmissionVerdict.Waiting _ -> {
                write(before, report.seen(), report);
                schedule.passed(before.id(), rules.repeat());
            }
            case AdmissionVerdict.Rejected _ -> reject(before, report);
        }
    }

    /// A node that failed is checked anew, because its operator says so.
    @Transactional
    public Node retry(Node failed) {
        var operator = operators.locked(failed.operatorId());
        if (!operator.isInMarket()) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "The operator is " + operator.state() + ": its nodes are checked when it is back.");
        }
        nodes.change(failed, failed.rechecked(now()));
        return nodes.of(failed.operatorId(), failed.id());
    }

    /// Whether so many confirmed answers, at this accuracy, end the node's probation.
    boolean isProof(NodeId nodeId, long verifiedRaces, int accuracy) {
        return rules.prove(verifiedRaces, accuracy)
                && nodes.find(nodeId)
                        .filter(node -> node.state() == NodeState.PROBATION)
                        .isPresent();
    }

    /// Probation ends.
    @Transactional
    public void prove(NodeId nodeId) {
        nodes.find(nodeId).ifPresent(node -> {
            var proven = node.proven(now());
            nodes.change(node, proven);
            if (!proven.equals(node)) {
                AdmissionLog.proven(proven);
            }
        });
    }

    private void admit(Node before, Report report) {
        var expected = genesis.fix(report.genesisHash(), before.id());
        if (!expected.equals(report.genesisHash())) {
            var elsewhere = GenesisCheck.elsewhere(report.genesisHash(), expected);
            reject(before, report.but(elsewhere.of(AdmissionCheck.GENESIS, now())));
            return;
        }
        write(before, report.seen().admitted(now()), report);
        schedule.passed(before.id(), rules.recheck());
        AdmissionLog.admitted(report.seen());
    }

    private void stay(Node before, Report report) {
        if (report.passed()) {
            write(before, report.seen(), report);
            schedule.passed(before.id(), rules.recheck());
        } else {
            reject(before, report);
        }
    }

    private void reject(Node before, Report report) {
        if (rules.isTooLong(schedule.failingSince(before.id()), now())) {
            write(before, report.seen().failed(now()), report);
            AdmissionLog.failed(before, report.missing());
        } else {
            write(before, report.seen(), report);
            schedule.failed(before.id(), rules.repeat());
        }
    }

    /// The node before its schedule, as when an operator changes it: so two transactions never wait for one another.
    private void write(Node before, Node next, Report report) {
        nodes.change(before, next);
        outcomes.write(before.id(), report.outcomes());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
