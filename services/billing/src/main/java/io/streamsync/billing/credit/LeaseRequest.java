package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A router's wish for credit of one customer.
///
/// @param keyId of a key with a daily cap, which has leases of its own; null for the customer's
/// @param leaseId to top up; null to open one
/// @param least what a new lease must come to, to be of use
/// @param idle nobody asks for now: a small lease is enough, and none where others have nothing left
record LeaseRequest(
        String requestId,
        CustomerId customer,
        @Nullable String keyId,
        @Nullable UUID leaseId,
        long spentRecently,
        long dearestAsk,
        long least,
        boolean idle) {}
