package io.streamsync.billing.credit;

import org.jspecify.annotations.Nullable;

/// The answer to a [LeaseRequest].
///
/// @param lease as it stands now; null when there is none
/// @param balance the customer's, available and leased together
record Grant(
        LeaseRequest request, Outcome outcome, @Nullable Lease lease, long balance) {

    enum Outcome {
        GRANTED,
        NOTHING_LEFT,
        UNKNOWN_ACCOUNT,
        LEASE_CLOSED
    }
}
