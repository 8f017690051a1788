package io.streamsync.billing.account;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Queries per second that a holder allows its keys.
public final class RateCap {

    /// More than an installation answers: a cap above it caps nothing.
    private static final long LARGEST = 1_000_000;

    private RateCap() {}

    /// A cap as it came in; null where the holder wants none.
    public static @Nullable Integer read(@Nullable JsonNode given) {
        if (given == null || given.isNull()) {
            return null;
        }
        try {
            return of(given);
        } catch (IllegalArgumentException wrong) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "This is no cap.")
                    .field("rateCap", String.valueOf(wrong.getMessage()));
        }
    }

    static int of(JsonNode given) {
        if (!given.isIntegralNumber() || !given.canConvertToLong() || given.asLong() < 1 || given.asLong() > LARGEST) {
            throw new IllegalArgumentException("1 to " + LARGEST + " queries per second, or null for none");
        }
        return given.asInt();
    }
}
