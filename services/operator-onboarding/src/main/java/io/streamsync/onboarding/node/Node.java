package io.streamsync.onboarding.node;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.OperatorId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One JSON-RPC endpoint of an operator, from its first check to its end. Each change returns the next state.
///
/// @param identity what the node says to getIdentity, if it does
/// @param returnsAs the state in which it comes back, while it is delisted with its operator; else null
/// @param since when it came into its state
/// @param version of the row that this state was read from
public record Node(
        NodeId id,
        OperatorId operatorId,
        Reach reach,
        @Nullable String region,
        NodeState state,
        @Nullable NodeState returnsAs,
        @Nullable String identity,
        Instant since,
        Instant createdAt,
        int version) {

    static Node register(NodeId id, OperatorId operatorId, Reach reach, @Nullable String region, Instant now) {
        return new Node(id, operatorId, reach, region, NodeState.CHECKING, null, null, now, now, 0);
    }

    /// Whether it left the market for good; delisted with its operator it has not.
    public boolean isRetired() {
        return state == NodeState.DRAINING || (state == NodeState.DELISTED && returnsAs == null);
    }

    /// Whether there is nothing to check, because it left for good or for a while.
    public boolean isOut() {
        return state == NodeState.DRAINING || state == NodeState.DELISTED;
    }

    /// From when on a node that passes its checks is admitted: null when that is no question (any more).
    ///
    /// @param wait of the phase
    public @Nullable Instant admissibleAt(Duration wait) {
        return state == NodeState.CHECKING ? since.plus(wait) : null;
    }

    /// Elsewhere, or with other headers, it is another machine until the checks have passed again.
    Node reachedBy(Reach next, Instant now) {
        if (next.leadsTo(reach)) {
            return this;
        }
        return isPaused()
                ? new Node(id, operatorId, next, region, state, NodeState.CHECKING, identity, since, createdAt, version)
                : new Node(id, operatorId, next, region, NodeState.CHECKING, null, identity, now, createdAt, version);
    }

    Node located(@Nullable String next) {
        return new Node(id, operatorId, reach, next, state, returnsAs, identity, since, createdAt, version);
    }

    /// What a check found out about it.
    public Node seen(Reach at, @Nullable String seenIdentity) {
        return new Node(id, operatorId, at, region, state, returnsAs, seenIdentity, since, createdAt, version);
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
            case DELISTED -> isPaused() ? next(NodeState.DELISTED, null, now) : this;
            case DRAINING -> this;
        };
    }

    /// Its operator is delisted: it leaves the market and comes back with it.
    Node paused(Instant now) {
        return switch (state) {
            case CHECKING, PROBATION, ACTIVE -> next(NodeState.DELISTED, state, now);
            case FAILED, DRAINING, DELISTED -> this;
        };
    }

    /// Its operator is back.
    Node returned(Instant now) {
        return returnsAs == null ? this : next(returnsAs, null, now);
    }

    private boolean isPaused() {
        return returnsAs != null;
    }

    Node drained(Instant now) {
        return state == NodeState.DRAINING ? in(NodeState.DELISTED, now) : this;
    }

    private Node in(NodeState next, Instant now) {
        return next(next, null, now);
    }

    private Node next(NodeState next, @Nullable NodeState back, Instant now) {
        return new Node(id, operatorId, reach, region, next, back, identity, now, createdAt, version);
    }
}
