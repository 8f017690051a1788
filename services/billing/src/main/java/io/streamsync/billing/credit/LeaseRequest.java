package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A router's wish for credit of one customer.
///
/// @param keyId of a key with a daily cap, which has leases of its own; null for the customer's
/// @param leaseId to top up; null to open one
/// @param least what the grant must come to, to be of use
/// @param idle nobody asks for now: a small lease is enough, and none where others have nothing left
/// @param more whether credit is asked for; else the lease is renewed, or given back from
/// @param returned all that the router has given back of the lease so far
/// @param unspent what it has not spent of it; null where it does not say
record LeaseRequest(
        String requestId,
        CustomerId customer,
        @Nullable String keyId,
        @Nullable UUID leaseId,
        long spentRecently,
        long dearestAsk,
        long least,
        boolean idle,
        boolean more,
        long returned,
        @Nullable Long unspent) {}
