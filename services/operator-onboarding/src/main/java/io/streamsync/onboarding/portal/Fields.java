package io.streamsync.onboarding.portal;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a request's body; what is wrong is named by its field.
public final class Fields {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private Fields() {}

    /// A field that must be there, at most so long.
    public static String required(String field, @Nullable String value, int maximumLength) {
        if (value == null || value.isEmpty()) {
            throw invalid(field, "is missing");
        }
        if (value.length() > maximumLength) {
            throw invalid(field, "is longer than " + maximumLength + " characters");
        }
        return value;
    }

    public static int required(String field, @Nullable Integer value) {
        if (value == null) {
            throw invalid(field, "is missing");
        }
        return value;
    }

    /// The id of a thing that has no type of its own.
    public static String id(String field, String value) {
        if (!ID.matcher(value).matches()) {
            throw invalid(field, "is no id");
        }
        return value;
    }

    /// One of the names of an enum.
    public static <E extends Enum<E>> @Nullable E ofNullable(String field, @Nullable String value, Class<E> names) {
        if (value == null) {
            return null;
        }
        return Arrays.stream(names.getEnumConstants())
                .filter(name -> name.name().equals(value))
                .findFirst()
                .orElseThrow(() -> invalid(field, "must be one of " + Arrays.toString(names.getEnumConstants())));
    }

    /// A positive amount of money.
    public static Amount amount(String field, @Nullable String value, Asset asset) {
        var text = required(field, value, 100);
        try {
            var amount = Amount.parse(asset, text);
            if (amount.isPositive()) {
                return amount;
            }
            throw notAnAmount(field, "must be more than zero");
        } catch (IllegalArgumentException unreadable) {
            throw notAnAmount(field, String.valueOf(unreadable.getMessage()));
        }
    }

    public static Refusal invalid(String field, String detail) {
        return new Refusal(ProblemCode.INVALID_REQUEST, "The field " + field + " " + detail + ".").field(field, detail);
    }

    private static Refusal notAnAmount(String field, String detail) {
        return new Refusal(ProblemCode.AMOUNT_INVALID, "The field " + field + ": " + detail + ".").field(field, detail);
    }
}
