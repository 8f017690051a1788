package io.streamsync.billing.statement;

import io.streamsync.billing.account.CustomerId;
import java.time.Instant;

/// One booked change of a customer's balance.
///
/// @param amount nano-USDC, negative for a charge
/// @param balanceAfter available and leased together
/// @param reference the deposit, posting batch or refund behind it
public record StatementEntry(
        CustomerId customer, Instant occurredAt, Kind kind, long amount, long balanceAfter, String reference) {

    /// Why the balance changed.
    public enum Kind {
        DEPOSIT,
        CHARGE,
        REFUND
    }
}
