package io.streamsync.billing.credit;

import org.jspecify.annotations.Nullable;

/// The answer to a [LeaseRequest].
///
/// @param lease as it stands now; null when there is none
/// @param balance the customer's, available and leased together
/// @param allowance of the key, where the lease is one's
record Grant(
        LeaseRequest request,
        Outcome outcome,
        @Nullable Lease lease,
        long balance,
        @Nullable KeyAllowance allowance) {

    enum Outcome {
        GRANTED,
        NOTHING_LEFT,
        /// There is credit, but the key's own cap for the day is leased or spent.
        CAP_REACHED,
        UNKNOWN_ACCOUNT,
        LEASE_CLOSED
    }
}
