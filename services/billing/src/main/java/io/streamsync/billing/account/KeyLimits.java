package io.streamsync.billing.account;

import org.jspecify.annotations.Nullable;

/// What no request can raise; null where the holder sets no limit.
///
/// @param maxPrice ceiling per query, nano-USDC
/// @param dailyCap per UTC day, nano-USDC
/// @param rateCap queries per second
/// @param maxSubscriptions open WebSocket subscriptions
/// @param maxConnections WebSocket connections
record KeyLimits(
        @Nullable Long maxPrice,
        @Nullable Long dailyCap,
        @Nullable Integer rateCap,
        @Nullable Integer maxSubscriptions,
        @Nullable Integer maxConnections) {

    static final KeyLimits NONE = new KeyLimits(null, null, null, null, null);
}
