package io.streamsync.billing.account;

import io.streamsync.events.billing.CredentialChanged;
import io.streamsync.protocol.canonical.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A key as billing keeps it: its hash, never itself.
record AccountKey(
        String id,
        CustomerId customer,
        String hash,
        KeyTerms terms,
        Instant createdAt,
        @Nullable Instant revokedAt) {

    static String hashOf(String key) {
        return Sha256.hex(key.getBytes(StandardCharsets.UTF_8));
    }

    boolean revoked() {
        return revokedAt != null;
    }

    AccountKey revoke(Instant now) {
        return revoked() ? this : new AccountKey(id, customer, hash, terms, createdAt, now);
    }

    AccountKey change(KeyTerms next) {
        return new AccountKey(id, customer, hash, next, createdAt, revokedAt);
    }

    /// What the routers have to know of it now.
    CredentialChanged told(Instant now, @Nullable Integer accountRateCap) {
        var limits = terms.limits();
        var choice = terms.choice();
        return new CredentialChanged(
                UUID.randomUUID().toString(),
                now,
                1,
                hash,
                id,
                customer.value(),
                terms.scope().wireName(),
                revoked(),
                digits(limits.maxPrice()),
                digits(limits.dailyCap()),
                limits.rateCap(),
                accountRateCap,
                choice.maxLatencyMs(),
                choice.preferText(),
                choice.racersText(),
                choice.verifyText(),
                KeyChoice.ids(choice.operators()),
                KeyChoice.ids(choice.excludeOperators()),
                limits.maxSubscriptions(),
                limits.maxConnections());
    }

    private static @Nullable String digits(@Nullable Long nano) {
        return nano == null ? null : nano.toString();
    }
}
