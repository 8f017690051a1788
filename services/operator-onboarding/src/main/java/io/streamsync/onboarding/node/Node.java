package io.streamsync.onboarding.node;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.OperatorId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One JSON-RPC endpoint of an operator, from its first check to its end. Each change returns the next state.
///
/// @param identity what the node says to getIdentity, if it does
/// @param since when it came into its state
/// @param version of the row that this state was read from
public record Node(
        NodeId id,
        OperatorId operatorId,
        Reach reach,
        @Nullable String region,
        NodeState state,
        @Nullable String identity,
        Instant since,
        Instant createdAt,
        int version) {

    static Node register(NodeId id, OperatorId operatorId, Reach reach, @Nullable String region, Instant now) {
        return new Node(id, operatorId, reach, region, NodeState.CHECKING, null, now, now, 0);
    }

    /// Whether it left the market for good.
    public boolean isRetired() {
        return state == NodeState.DRAINING || state == NodeState.DELISTED;
    }

    /// Elsewhere, or with other headers, it is another machine until the checks have passed again.
    Node reachedBy(Reach next, Instant now) {
        if (next.leadsTo(reach)) {
            return this;
        }
        return new Node(id, operatorId, next, region, NodeState.CHECKING, identity, now, createdAt, version);
    }

    Node located(@Nullable String next) {
        return new Node(id, operatorId, reach, next, state, identity, since, createdAt, version);
    }

    /// What a check found out about it.
    public Node seen(Reach at, @Nullable String seenIdentity) {
        return new Node(id, operatorId, at, region, state, seenIdentity, since, createdAt, version);
    }

    /// The checks passed.
    public Node admitted(Instant now) {
        return state == NodeState.CHECKING ? in(NodeState.PROBATION, now) : this;
    }

    /// Enough of its answers were confirmed.
    public Node proven(Instant now) {
        return state == NodeState.PROBATION ? in(NodeState.ACTIVE, now) : this;
    }

    /// The checks failed for too long.
    public Node failed(Instant now) {
        return state == NodeState.CHECKING || state.isListed() ? in(NodeState.FAILED, now) : this;
    }

    /// Its operator wants it checked again.
    public Node rechecked(Instant now) {
        return state == NodeState.FAILED ? in(NodeState.CHECKING, now) : this;
    }

    /// Its operator takes it out: a node that may have queries in flight drains first.
    Node removed(Instant now) {
        return switch (state) {
            case PROBATION, ACTIVE -> in(NodeState.DRAINING, now);
            case CHECKING, FAILED -> in(NodeState.DELISTED, now);
            case DRAINING, DELISTED -> this;
        };
    }

    Node drained(Instant now) {
        return state == NodeState.DRAINING ? in(NodeState.DELISTED, now) : this;
    }

    private Node in(NodeState next, Instant now) {
        return new Node(id, operatorId, reach, region, next, identity, now, createdAt, version);
    }
}
