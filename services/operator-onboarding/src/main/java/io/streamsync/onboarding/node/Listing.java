package io.streamsync.onboarding.node;

import io.streamsync.onboarding.operator.Operator;
import io.streamsync.onboarding.stake.Stakes;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.parameters.Parameters;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Puts nodes on the operator's list, changes them and takes them off.
@Component
class Listing {

    private final Nodes nodes;
    private final Stakes stakes;
    private final NodeProperties properties;
    private final InstantSource clock;
    private final Amount minimumStake;

    Listing(Nodes nodes, Stakes stakes, NodeProperties properties, InstantSource clock, Parameters parameters) {
        this.nodes = nodes;
        this.stakes = stakes;
        this.properties = properties;
        this.clock = clock;
        this.minimumStake = Amount.strm(parameters.minimumStake());
    }

    @Transactional
    public Node add(Operator operator, Reach reach, @Nullable String region) {
        if (!stakes.of(operator.id()).reaches(minimumStake)) {
            throw new Refusal(
                            ProblemCode.STAKE_REQUIRED,
                            "Nodes need a stake of at least %s STRM: deposit it first."
                                    .formatted(minimumStake.decimal()))
                    .with("minimum", minimumStake.decimal());
        }
        if (nodes.ofOperator(operator.id()).size() >= properties.limit()) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "An operator has at most " + properties.limit() + " nodes. Delete one first.");
        }
        var node = Node.register(new NodeId(UUID.randomUUID().toString()), operator.id(), reach, region, now());
        nodes.add(node);
        return node;
    }

    /// @param before as it was when the change was worked out: a change of somebody else meanwhile is a conflict
    @Transactional
    public Node change(Node before, Reach reach, @Nullable String region) {
        if (before.isRetired()) {
            throw new Refusal(ProblemCode.STATE_CONFLICT, "The node is " + before.state() + " and cannot be changed.");
        }
        return changed(before, node -> node.reachedBy(reach, now()).located(region));
    }

    @Transactional
    public void remove(Node before) {
        changed(before, node -> node.removed(now()));
    }

    @Scheduled(fixedDelay = 1_000)
    @Transactional
    public void delistDrained() {
        nodes.drainedBefore(now().minus(properties.drain())).forEach(node -> nodes.change(node, node.drained(now())));
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
