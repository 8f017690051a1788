package io.streamsync.router.access;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A wish for credit, as billing reads it.
///
/// @param leaseId to top up; null to open one
/// @param spentRecently nano-USDC, as digits: what two minutes cost, by the last 20 s
/// @param dearestAsk nano-USDC, as digits
/// @param keyId of a key with a daily cap; null for the lease that all other keys of the account share
/// @param least what the grant must come to, to be of use, nano-USDC, as digits
/// @param idle nobody asks for now: the lease shall only lie ready
/// @param more whether credit is asked for; else the lease is renewed, or given back from
/// @param returned all that was given back of the lease so far, nano-USDC, as digits
/// @param unspent what of it is not spent, nano-USDC, as digits
record LeaseRequest(
        String requestId,
        String accountId,
        @Nullable String keyId,
        @Nullable UUID leaseId,
        String spentRecently,
        String dearestAsk,
        String least,
        boolean idle,
        boolean more,
        String returned,
        String unspent) {

    /// Billing reads 18 digits; nobody spends as much.
    private static final long MOST = 999_999_999_999_999_999L;

    static String digits(long nano) {
        return Long.toString(Math.clamp(nano, 0, MOST));
    }
}
