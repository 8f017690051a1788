package io.streamsync.router.access;

import io.streamsync.protocol.draw.Terms;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What a key may do.
///
/// @param maxPriceNano ceiling per query
/// @param dailyCapNano per UTC day
/// @param rateCap queries per second of this key
/// @param accountRateCap queries per second of the account
/// @param terms of its queries that wish for nothing else, its ceiling among them; null where the standard terms do
/// @param maxSubscriptions open WebSocket subscriptions
/// @param maxConnections WebSocket connections
public record Credential(
        String keyId,
        String accountId,
        Scope scope,
        OptionalLong maxPriceNano,
        OptionalLong dailyCapNano,
        OptionalInt rateCap,
        OptionalInt accountRateCap,
        @Nullable Terms terms,
        OptionalInt maxSubscriptions,
        OptionalInt maxConnections) {

    /// A key whose queries have the standard terms.
    public Credential(
            String keyId,
            String accountId,
            Scope scope,
            OptionalLong maxPriceNano,
            OptionalLong dailyCapNano,
            OptionalInt rateCap,
            OptionalInt accountRateCap) {
        this(
                keyId,
                accountId,
                scope,
                maxPriceNano,
                dailyCapNano,
                rateCap,
                accountRateCap,
                null,
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    /// The name of the lease that its queries are paid from: a key with a daily cap has its own, so that the cap holds
    /// over all routers; all others share their account's.
    public String creditHolder() {
        return dailyCapNano.isPresent() ? keyId : accountId;
    }

    /// What a key is for.
    public enum Scope {
        QUERY,
        MANAGE
    }
}
