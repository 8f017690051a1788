package io.streamsync.billing.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.streamsync.protocol.money.Amount;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key as its holder sees it, in the words in which the terms are wished for.
///
/// @param apiKey shown once, where the key is issued
record KeyView(
        String keyId,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String apiKey,

        String name,
        String scope,
        @Nullable String maxPrice,
        @Nullable String dailyCap,
        @Nullable Integer rateCap,
        @Nullable Integer maxSubscriptions,
        @Nullable Integer maxConnections,
        @Nullable String maxLatency,
        @Nullable String prefer,
        @Nullable String racers,
        @Nullable String verify,
        @Nullable List<String> operators,
        @Nullable List<String> excludeOperators,
        Instant createdAt) {

    static KeyView of(AccountKey key) {
        return of(key, null);
    }

    static KeyView of(AccountKey key, @Nullable String secret) {
        var terms = key.terms();
        var limits = terms.limits();
        var choice = terms.choice();
        return new KeyView(
                key.id(),
                secret,
                terms.name(),
                terms.scope().wireName(),
                decimal(limits.maxPrice()),
                decimal(limits.dailyCap()),
                limits.rateCap(),
                limits.maxSubscriptions(),
                limits.maxConnections(),
                choice.maxLatencyMs() == null ? null : choice.maxLatencyMs() + "ms",
                choice.preferText(),
                choice.racersText(),
                choice.verifyText(),
                KeyChoice.ids(choice.operators()),
                KeyChoice.ids(choice.excludeOperators()),
                key.createdAt());
    }

    private static @Nullable String decimal(@Nullable Long nano) {
        return nano == null ? null : Amount.decimal(nano);
    }
}
