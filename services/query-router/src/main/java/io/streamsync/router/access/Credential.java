package io.streamsync.router.access;

import java.util.OptionalInt;
import java.util.OptionalLong;

/// What a key may do.
///
/// @param maxPriceNano ceiling per query
/// @param dailyCapNano per UTC day
/// @param rateCap queries per second of this key
/// @param accountRateCap queries per second of the account
public record Credential(
        String keyId,
        String accountId,
        Scope scope,
        OptionalLong maxPriceNano,
        OptionalLong dailyCapNano,
        OptionalInt rateCap,
        OptionalInt accountRateCap) {

    /// What a key is for.
    public enum Scope {
        QUERY,
        MANAGE
    }
}
