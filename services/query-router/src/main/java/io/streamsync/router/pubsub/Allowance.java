package io.streamsync.router.pubsub;

import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import org.jspecify.annotations.Nullable;

/// What one connection may subscribe to.
///
/// @param subscriptions of one connection
/// @param budget what the subscriptions of all clients may take of the memory
record Allowance(int subscriptions, Budget budget) {

    /// What the subscriptions of one connection may take: a kilobyte for each of the usual number.
    private static final long MOST_KEPT = 1024 * 1024;

    /// Null when one more is taken; then its bytes are taken of the budget.
    ///
    /// @param open how many there are
    /// @param kept what they take
    /// @param more what the new one takes
    @Nullable
    Refusal refusal(int open, long kept, int more) {
        if (open >= subscriptions || kept + more > MOST_KEPT) {
            return Refusal.of(RefusalCode.RATE_LIMITED)
                    .with("cause", "OWN_CAP")
                    .with("limit", subscriptions + " subscriptions of a connection, " + MOST_KEPT + " bytes");
        }
        return budget.take(more) ? null : Refusal.of(RefusalCode.RATE_LIMITED).with("cause", "OVERLOAD");
    }
}
