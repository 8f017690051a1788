package io.streamsync.router.access;

/// What came of asking billing for credit.
public enum LeaseState {

    /// There is a lease, with what could be had.
    GRANTED,

    /// Billing has nothing more for this account.
    NOTHING_LEFT,

    /// Billing did not answer in time.
    UNAVAILABLE
}
