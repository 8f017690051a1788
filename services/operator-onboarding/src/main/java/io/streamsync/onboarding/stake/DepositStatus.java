package io.streamsync.onboarding.stake;

/// Where a deposit is: on its way, bonded, or refused by its rail.
enum DepositStatus {
    PENDING,
    CREDITED,
    FAILED
}
