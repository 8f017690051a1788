package io.streamsync.events.billing;

import io.streamsync.events.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A key and what it may do, in its latest state.
///
/// @param keyHash SHA-256 of the key, lower-case hex
/// @param scope `query` or `manage`
/// @param maxPrice ceiling per query, nano-USDC as digits
/// @param dailyCap per UTC day, nano-USDC as digits
/// @param rateCap queries per second of this key
/// @param accountRateCap queries per second of the account
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
        @Nullable Integer accountRateCap)
        implements Event {}
