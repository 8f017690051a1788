package io.streamsync.billing.credit;

import io.streamsync.billing.stream.StreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer to a [LeaseRequest].
///
/// @param lease as it stands now; null when there is none
/// @param balance the customer's, available and leased together
/// @param allowance of the key, where the lease is one's
/// @param heldBy where there is nothing, whoever may hand something over
record Grant(
        LeaseRequest request,
        Outcome outcome,
        @Nullable Lease lease,
        long balance,
        @Nullable KeyAllowance allowance,
        List<HeldElsewhere> heldBy) {

    Grant heldBy(List<HeldElsewhere> holders) {
        return new Grant(request, outcome, lease, balance, allowance, holders);
    }

    /// Whether there was nothing to be had.
    boolean isInVain() {
        return outcome == Outcome.NOTHING_LEFT || outcome == Outcome.CAP_REACHED;
    }

    /// Whether what is held there could help: at the cap only what the key holds itself.
    boolean couldUse(HeldElsewhere held, StreamId stream) {
        return held.customer().equals(request.customer())
                && !(held.routerId() == stream.router() && held.holder().equals(holder()))
                && (outcome == Outcome.NOTHING_LEFT || held.holder().equals(request.keyId()));
    }

    private String holder() {
        var key = request.keyId();
        return key == null ? request.customer().value() : key;
    }

    enum Outcome {
        GRANTED,
        NOTHING_LEFT,
        /// There is credit, but the key's own cap for the day is leased or spent.
        CAP_REACHED,
        UNKNOWN_ACCOUNT,
        LEASE_CLOSED
    }
}
