package io.streamsync.billing.account;

import org.jspecify.annotations.Nullable;

/// What a key that is not revoked may spend per UTC day.
///
/// @param dailyCap nano-USDC; null for all that its customer has
public record KeyCap(
        String keyId, CustomerId customer, @Nullable Long dailyCap) {}
