package io.streamsync.billing.account;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A wish for a key, as it came in.
///
/// @param others what no key has: a limit misspelt must not become none
record KeyRequest(
        @Nullable String name,
        @Nullable String scope,
        @Nullable String maxPrice,
        @Nullable String dailyCap,
        @Nullable JsonNode rateCap,

        @JsonAnySetter @Nullable Map<String, Object> others) {

    private static final int LONGEST_NAME = 64;

    KeyTerms terms() {
        if (others != null && !others.isEmpty()) {
            throw wrong(others.keySet().iterator().next(), "not among name, scope, maxPrice, dailyCap and rateCap");
        }
        return new KeyTerms(
                checkedName(),
                checkedScope(),
                limit("maxPrice", maxPrice),
                limit("dailyCap", dailyCap),
                RateCap.read(rateCap));
    }

    private String checkedName() {
        var given = name == null ? "" : name.strip();
        if (given.length() > LONGEST_NAME || given.chars().anyMatch(Character::isISOControl)) {
            throw wrong("name", "at most " + LONGEST_NAME + " characters on one line");
        }
        return given;
    }

    private Scope checkedScope() {
        return Scope.ofWireName(scope == null ? Scope.QUERY.wireName() : scope)
                .orElseThrow(() -> wrong("scope", "query or manage"));
    }

    private static @Nullable Long limit(String field, @Nullable String decimal) {
        if (decimal == null) {
            return null;
        }
        try {
            var nano = Amount.parse(Asset.USDC, decimal).nanoUnits();
            if (nano > 0) {
                return nano;
            }
        } catch (IllegalArgumentException notAnAmount) {
            throw wrong(field, String.valueOf(notAnAmount.getMessage()));
        }
        throw wrong(field, "above zero; leave it out for none");
    }

    private static Refusal wrong(String field, String detail) {
        return new Refusal(ProblemCode.INVALID_REQUEST, "The key's terms cannot be read.").field(field, detail);
    }
}
