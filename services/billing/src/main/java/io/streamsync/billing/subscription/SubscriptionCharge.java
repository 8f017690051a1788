package io.streamsync.billing.subscription;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.market.OperatorId;
import java.time.Instant;

/// One record of a subscription.
///
/// @param operator who serves it
/// @param charged nano-USDC of the customer's: nothing where the insurance paid
public record SubscriptionCharge(
        String subscriptionId,
        CustomerId customer,
        String method,
        OperatorId operator,
        Instant at,
        long notifications,
        long charged) {}
