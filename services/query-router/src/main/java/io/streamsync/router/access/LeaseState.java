package io.streamsync.router.access;

/// What came of asking billing for credit.
public enum LeaseState {

    /// There is a lease, with what could be had.
    GRANTED,

    /// Billing has nothing more for this account.
    NOTHING_LEFT,

    /// There is credit, but the key's own cap for the day is leased or spent.
    CAP_REACHED,

    /// Billing did not answer in time.
    UNAVAILABLE
}
