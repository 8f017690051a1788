package io.streamsync.billing.account;

import org.jspecify.annotations.Nullable;

/// What the holder of an account allows one of its keys.
///
/// @param maxPrice ceiling per query, nano-USDC
/// @param dailyCap per UTC day, nano-USDC
/// @param rateCap queries per second
record KeyTerms(
        String name,
        Scope scope,
        @Nullable Long maxPrice,
        @Nullable Long dailyCap,
        @Nullable Integer rateCap) {

    static KeyTerms unlimited(String name, Scope scope) {
        return new KeyTerms(name, scope, null, null, null);
    }
}
