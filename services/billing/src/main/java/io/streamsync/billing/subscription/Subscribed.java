package io.streamsync.billing.subscription;

import java.time.Instant;

/// A subscription with all that was posted of it.
///
/// @param place in the list of all
/// @param operatorId who served it last
/// @param charged nano-USDC
record Subscribed(
        long place,
        String subscriptionId,
        String method,
        String operatorId,
        Instant openedAt,
        Instant lastChargedAt,
        long notifications,
        long charged) {}
