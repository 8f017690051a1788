package io.streamsync.router.access;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Billing's answer to a [LeaseCall].
///
/// @param streams how far it has posted this router's streams
/// @param liveRouters null where billing does not say
/// @param routers those that are alive; null where billing does not say
/// @param validMillis for so long a lease may be spent from, since the call was sent; null where billing does not say
/// @param rates null where billing does not say
record LeaseAnswer(
        List<StreamPosition> streams,
        @Nullable Integer liveRouters,
        @Nullable List<LiveRouter> routers,
        @Nullable Long validMillis,
        List<Grant> grants,
        @Nullable List<RateShare> rates) {

    /// @param internalUrl where it answers other services; null where it never said
    record LiveRouter(int routerId, @Nullable URI internalUrl) {}

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
    /// @param heldBy routers that hold credit which would help; null or none where there was some
    record Grant(
            String requestId,
            String accountId,
            Outcome outcome,
            @Nullable UUID leaseId,
            long granted,
            long balance,
            @Nullable Long unspent,
            @Nullable Long endsInMillis,
            @Nullable List<Holder> heldBy) {

        List<Holder> holders() {
            return heldBy == null ? List.of() : heldBy;
        }
    }

    /// @param holder the key that has a lease of its own there, else the account
    record Holder(int routerId, String holder) {}

    enum Outcome {
        GRANTED,
        NOTHING_LEFT,
        CAP_REACHED,
        UNKNOWN_ACCOUNT,
        LEASE_CLOSED
    }
}
