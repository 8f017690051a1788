package io.streamsync.billing.charging;

import io.streamsync.billing.account.CustomerId;

/// A charge that came after its lease was closed: the operator is paid, by the insurance.
///
/// @param customer who asked
record InsuredCharge(long position, CustomerId customer, long fee) {}
