package io.streamsync.billing.statement;

import io.streamsync.billing.account.CustomerId;
import java.time.Instant;

/// One booked change of a customer's balance.
///
/// @param amount nano-USDC, negative for a charge and for a withdrawal; positive for one that is given back
/// @param balanceAfter available and leased together
/// @param reference the deposit, posting batch, refund or withdrawal behind it
public record StatementEntry(
        CustomerId customer, Instant occurredAt, Kind kind, long amount, long balanceAfter, String reference) {

    /// Why the balance changed.
    public enum Kind {
        DEPOSIT,
        CHARGE,
        REFUND,
        WITHDRAWAL
    }
}
