package io.streamsync.onboarding.node;

import io.streamsync.onboarding.operator.Operator;
import io.streamsync.onboarding.operator.OperatorChanged;
import io.streamsync.onboarding.operator.OperatorState;
import io.streamsync.onboarding.operator.Operators;
import io.streamsync.onboarding.operator.StakeRequirement;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Puts nodes on the operator's list, changes them and takes them off.
@Component
class Listing {

    private static final Duration A_DAY = Duration.ofDays(1);

    private final Operators operators;
    private final Nodes nodes;
    private final StakeRequirement stake;
    private final NodeProperties properties;
    private final InstantSource clock;

    Listing(Operators operators, Nodes nodes, StakeRequirement stake, NodeProperties properties, InstantSource clock) {
        this.operators = operators;
        this.nodes = nodes;
        this.stake = stake;
        this.properties = properties;
        this.clock = clock;
    }

    @Transactional
    public Node add(OperatorId operatorId, Reach reach, @Nullable String region) {
        requireInMarket(operators.locked(operatorId));
        if (nodes.ofOperator(operatorId).size() >= properties.limit()) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "An operator has at most " + properties.limit() + " nodes. Delete one first.");
        }
        if (nodes.listedSince(operatorId, now().minus(A_DAY)) >= properties.newPerDay()) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "An operator lists at most " + properties.newPerDay()
                            + " nodes a day, also those that it deletes again. Try again tomorrow.");
        }
        var node = Node.register(new NodeId(UUID.randomUUID().toString()), operatorId, reach, region, now());
        nodes.add(node);
        return node;
    }

    /// @param before as it was when the change was worked out: a change of somebody else meanwhile is a conflict
    @Transactional
    public Node change(Node before, Reach reach, @Nullable String region) {
        if (before.isRetired()) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "The node is " + before.state() + " and cannot be changed. List another one in its place.");
        }
        var operator = operators.locked(before.operatorId());
        return changed(before, node -> {
            var next = node.reachedBy(reach, now()).located(region);
            return operator.isInMarket() ? next : next.paused(now());
        });
    }

    @Transactional
    public void remove(Node before) {
        changed(before, node -> node.removed(now()));
    }

    /// An operator that is delisted takes its nodes along and brings them back; one that leaves drains them.
    @EventListener
    void on(OperatorChanged changed) {
        if (changed.enters(OperatorState.DELISTED)) {
            changeAll(changed.operatorId(), node -> node.paused(now()));
        }
        if (changed.isReturn()) {
            changeAll(changed.operatorId(), node -> node.returned(now()));
        }
        if (changed.enters(OperatorState.EXITING)) {
            changeAll(changed.operatorId(), node -> node.removed(now()));
        }
    }

    @Scheduled(fixedDelay = 1_000)
    @Transactional
    public void delistDrained() {
        nodes.drainedBefore(now().minus(properties.drain())).forEach(node -> nodes.change(node, node.drained(now())));
    }

    private void requireInMarket(Operator operator) {
        switch (operator.state()) {
            case STAKED, ACTIVE -> {}
            case REGISTERED, EXITED -> stake.require(operator.id());
            case DELISTED -> {
                stake.require(operator.id());
                throw conflict(operator, "Set its state to ACTIVE to come back first.");
            }
            case EXITING -> throw conflict(operator, "It lists no more nodes.");
        }
    }

    private static Refusal conflict(Operator operator, String remedy) {
        return new Refusal(ProblemCode.STATE_CONFLICT, "The operator is " + operator.state() + ". " + remedy);
    }

    private void changeAll(OperatorId operatorId, UnaryOperator<Node> change) {
        nodes.lockedOfOperator(operatorId).forEach(node -> nodes.change(node, change.apply(node)));
    }

    private Node changed(Node before, UnaryOperator<Node> change) {
        var next = change.apply(before);
        nodes.change(before, next);
        return next;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
