package io.streamsync.events.billing;

import io.streamsync.events.Event;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key and what it may do, in its latest state.
///
/// @param keyHash SHA-256 of the key, lower-case hex
/// @param scope `query` or `manage`
/// @param maxPrice ceiling per query, nano-USDC as digits
/// @param dailyCap per UTC day, nano-USDC as digits
/// @param rateCap queries per second of this key
/// @param accountRateCap queries per second of the account
/// @param maxLatencyMs the SLA of its queries that name none
/// @param prefer `fastest`, `balanced` or `cheapest`, of its queries that name none
/// @param racers `n` or `n+m`, of its queries that name none
/// @param verify `first` or `quorum`, of its queries that name none
/// @param operators only these; its queries can only narrow them
/// @param excludeOperators not these either; its queries can only add to them
/// @param maxSubscriptions open WebSocket subscriptions of this key
/// @param maxConnections WebSocket connections of this key
public record CredentialChanged(
        String eventId,
        Instant occurredAt,
        int schemaVersion,
        String keyHash,
        String keyId,
        String accountId,
        String scope,
        boolean revoked,
        @Nullable String maxPrice,
        @Nullable String dailyCap,
        @Nullable Integer rateCap,
        @Nullable Integer accountRateCap,
        @Nullable Integer maxLatencyMs,
        @Nullable String prefer,
        @Nullable String racers,
        @Nullable String verify,
        @Nullable List<String> operators,
        @Nullable List<String> excludeOperators,
        @Nullable Integer maxSubscriptions,
        @Nullable Integer maxConnections)
        implements Event {

    /// What was told before keys had wishes of their own.
    public CredentialChanged(
            String eventId,
            Instant occurredAt,
            int schemaVersion,
            String keyHash,
            String keyId,
            String accountId,
            String scope,
            boolean revoked,
            @Nullable String maxPrice,
            @Nullable String dailyCap,
            @Nullable Integer rateCap,
            @Nullable Integer accountRateCap) {
        this(
                eventId,
                occurredAt,
                schemaVersion,
                keyHash,
                keyId,
                accountId,
                scope,
                revoked,
                maxPrice,
                dailyCap,
                rateCap,
                accountRateCap,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
