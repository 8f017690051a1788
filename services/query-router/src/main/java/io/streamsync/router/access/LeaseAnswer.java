package io.streamsync.router.access;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Billing's answer to a [LeaseCall].
///
/// @param streams how far it has posted this router's streams
record LeaseAnswer(List<StreamPosition> streams, List<Grant> grants) {

    /// @param nextPosition of the record that is posted next
    /// @param ended whether the stream's end is posted; null where billing does not say
    record StreamPosition(
            int incarnation, long nextPosition, @Nullable Boolean ended) {}

    /// @param leaseId null where there is no lease
    /// @param granted all that the lease ever got: a repeated or lost answer does no harm
    /// @param balance the customer's, available and leased together
    record Grant(
            String requestId,
            String accountId,
            Outcome outcome,
            @Nullable UUID leaseId,
            long granted,
            long balance) {}

    enum Outcome {
        GRANTED,
        NOTHING_LEFT,
        UNKNOWN_ACCOUNT,
        LEASE_CLOSED
    }
}
