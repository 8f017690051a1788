package io.streamsync.billing.rail;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import org.jspecify.annotations.Nullable;

/// What a request wants to leave, and where to; read from its body.
///
/// @param rail null where the request names none
public record RequestedTransfer(
        Amount amount, Destination destination, @Nullable String rail) {

    public static RequestedTransfer read(@Nullable String amount, @Nullable String destination, @Nullable String rail) {
        return new RequestedTransfer(amount(amount), destination(destination), rail);
    }

    private static Amount amount(@Nullable String text) {
        if (text == null) {
            throw unreadable("amount", "a decimal string such as \"5.00\"");
        }
        try {
            var amount = Amount.parse(Asset.USDC, text);
            if (!amount.isPositive()) {
                throw new Refusal(ProblemCode.AMOUNT_INVALID, "What leaves is above zero.");
            }
            return amount;
        } catch (IllegalArgumentException notAnAmount) {
            throw new Refusal(ProblemCode.AMOUNT_INVALID, String.valueOf(notAnAmount.getMessage()));
        }
    }

    private static Destination destination(@Nullable String text) {
        try {
            return new Destination(text == null ? "" : text);
        } catch (IllegalArgumentException noAddress) {
            throw unreadable("destination", String.valueOf(noAddress.getMessage()));
        }
    }

    /// @param field of the request's body
    public static Refusal unreadable(String field, String detail) {
        return new Refusal(ProblemCode.INVALID_REQUEST, "The transfer cannot be read.").field(field, detail);
    }
}
