package io.streamsync.router.access;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The credit that this router may spend on its own, one lease per account.
public final class CreditLeases {

    CreditLeases() {}

    /// Sets credit aside, or returns null when the account's lease does not cover it. Callable from any thread; takes
    /// no lock.
    public @Nullable Reservation reserve(String accountId, long amountNano) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// What can be reserved right now.
    public long remaining(String accountId) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// Asks billing for (more) credit; completes as soon as it has answered, within a second.
    ///
    /// @param dearestAskNano the highest ask that the account's queries may meet
    public CompletionStage<LeaseState> lease(String accountId, long neededNano, long dearestAskNano) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The account's whole balance as far as this router can know it.
    public long balanceEstimate(String accountId) {
        throw new UnsupportedOperationException("skeleton");
    }
}
