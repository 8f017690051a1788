package io.streamsync.router.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A wish for credit, as billing reads it.
///
/// @param leaseId to top up; null to open one
/// @param spentRecently nano-USDC of the last 20 s, as digits
/// @param dearestAsk nano-USDC, as digits
record LeaseRequest(
        String requestId, String accountId, @Nullable UUID leaseId, String spentRecently, String dearestAsk) {

    /// Billing reads 18 digits; nobody spends as much.
    private static final long MOST = 999_999_999_999_999_999L;

    static LeaseRequest of(
            String requestId, String accountId, @Nullable UUID leaseId, long spentRecently, long dearestAsk) {
        return new LeaseRequest(requestId, accountId, leaseId, digits(spentRecently), digits(dearestAsk));
    }

    private static String digits(long nano) {
        return Long.toString(Math.clamp(nano, 0, MOST));
    }
}
