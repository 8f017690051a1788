package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A router's wish for credit of one customer.
///
/// @param leaseId to top up; null to open one
record LeaseRequest(
        String requestId, CustomerId customer, @Nullable UUID leaseId, long spentRecently, long dearestAsk) {}
