package io.streamsync.router.access;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Billing's answer to a [LeaseCall].
///
/// @param streams how far it has posted this router's streams
/// @param liveRouters null where billing does not say
/// @param rates null where billing does not say
record LeaseAnswer(
        List<StreamPosition> streams,
        @Nullable Integer liveRouters,
        List<Grant> grants,
        @Nullable List<RateShare> rates) {

    /// A rate cap that this router uses up.
    ///
    /// @param keyId null for the account's
    /// @param routers that use it up, this one included: each has an equal share
    record RateShare(String accountId, @Nullable String keyId, int routers) {}

    /// @param nextPosition of the record that is posted next
    /// @param ended whether the stream's end is posted; null where billing does not say
    record StreamPosition(
            int incarnation, long nextPosition, @Nullable Boolean ended) {}

    /// @param leaseId null where there is no lease
    /// @param granted all that the lease ever got: a repeated or lost answer does no harm
    /// @param balance the customer's, available and leased together
    /// @param unspent of the key's cap for the day; null where there is none
    /// @param endsInMillis until the lease's day is over; null where it has none
    record Grant(
            String requestId,
            String accountId,
            Outcome outcome,
            @Nullable UUID leaseId,
            long granted,
            long balance,
            @Nullable Long unspent,
            @Nullable Long endsInMillis) {}

    enum Outcome {
        GRANTED,
        NOTHING_LEFT,
        CAP_REACHED,
        UNKNOWN_ACCOUNT,
        LEASE_CLOSED
    }
}
