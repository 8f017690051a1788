package io.streamsync.billing.charging;

/// A race whose verdict has not come in time.
///
/// @param share the verifiers', nano-USDC
record Lapse(long sequence, long share) {}
