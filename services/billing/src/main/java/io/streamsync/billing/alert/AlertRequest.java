package io.streamsync.billing.alert;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Alert terms as they come in: what is null or absent is off. A field that is none of them is refused, because
/// an alert misspelt would never come.
final class AlertRequest {

    private static final Set<String> FIELDS = Set.of("lowBalance", "runwayMinutes", "webhookUrl");

    /// What an account can hold: a threshold above it would always be crossed.
    private static final long LARGEST = 1_000_000_000 * Amount.NANO;

    /// Thirty days: longer than an hour's pace says anything about.
    private static final int LONGEST_RUNWAY = 43_200;

    private AlertRequest() {}

    static AlertTerms read(ObjectNode given) {
        for (var field : given.propertyNames()) {
            if (!FIELDS.contains(field)) {
                throw refused(field, "not among lowBalance, runwayMinutes, webhookUrl");
            }
        }
        var terms = new AlertTerms(lowBalance(given), runway(given), url(given));
        if (terms.webhookUrl() == null && (terms.lowBalance() != null || terms.runwayMinutes() != null)) {
            throw refused("webhookUrl", "where alerts go");
        }
        return terms;
    }

    private static @Nullable Long lowBalance(ObjectNode given) {
        var text = text(given, "lowBalance");
        if (text == null) {
            return null;
        }
        try {
            var nano = Amount.parse(Asset.USDC, text).nanoUnits();
            if (nano < 1 || nano > LARGEST) {
                throw new IllegalArgumentException("lowBalance is above zero, and at most what an account can hold: "
                        + Amount.decimal(LARGEST) + " USDC");
            }
            return nano;
        } catch (IllegalArgumentException notAnAmount) {
            throw new Refusal(ProblemCode.AMOUNT_INVALID, String.valueOf(notAnAmount.getMessage()));
        }
    }

    private static @Nullable Integer runway(ObjectNode given) {
        var minutes = present(given, "runwayMinutes");
        if (minutes == null) {
            return null;
        }
        if (!minutes.isIntegralNumber()
                || !minutes.canConvertToInt()
                || minutes.asInt() < 1
                || minutes.asInt() > LONGEST_RUNWAY) {
            throw refused("runwayMinutes", "1 to " + LONGEST_RUNWAY + ", or null for none");
        }
        return minutes.asInt();
    }

    private static @Nullable String url(ObjectNode given) {
        return text(given, "webhookUrl");
    }

    private static @Nullable String text(ObjectNode given, String field) {
        var node = present(given, field);
        if (node == null) {
            return null;
        }
        if (!node.isString()) {
            throw refused(field, "a string, or null for none");
        }
        return node.asString();
    }

    private static @Nullable JsonNode present(ObjectNode given, String field) {
        var node = given.get(field);
        return node == null || node.isNull() ? null : node;
    }

    private static Refusal refused(String field, String detail) {
        return new Refusal(ProblemCode.INVALID_REQUEST, "The alerts cannot be read.").field(field, detail);
    }
}
