package io.streamsync.billing.rail;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.rail.Standing.Outcome;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Money on its way out over a rail: a customer's withdrawal, or an operator's payout.
///
/// @param id what the rail knows it by, too
/// @param holder the customer's or the operator's id
/// @param availableAt when it may be handed to the rail
/// @param tries how often the rail was asked
/// @param paymentId the rail's own id of the payment; null until it is paid
/// @param reason why it failed; null when it did not
public record Transfer(
        String id,
        Kind kind,
        String holder,
        Amount amount,
        String rail,
        Destination destination,
        Status status,
        Instant requestedAt,
        Instant availableAt,
        int tries,
        @Nullable String paymentId,
        @Nullable String reason) {

    /// Whose money it is.
    public enum Kind {
        WITHDRAWAL,
        PAYOUT
    }

    /// Where it is: waiting for its time, in the rail's hands, or settled, which it stays.
    public enum Status {
        WAITING,
        PENDING,
        PAID,
        FAILED,
        CANCELLED
    }

    static Transfer requested(
            String id,
            Kind kind,
            String holder,
            Amount amount,
            String rail,
            Destination destination,
            Instant now,
            Instant availableAt) {
        var status = availableAt.isAfter(now) ? Status.WAITING : Status.PENDING;
        return new Transfer(id, kind, holder, amount, rail, destination, status, now, availableAt, 0, null, null);
    }

    /// What a rail's report makes of it.
    Step report(Outcome outcome) {
        return switch (status) {
            case PENDING -> new Step.Settled(settled(outcome));
            case PAID, FAILED ->
                status == settled(outcome).status ? new Step.Known() : new Step.Contradicted(told(outcome));
            case WAITING, CANCELLED -> new Step.Contradicted(told(outcome)); // no rail has been asked
        };
    }

    /// Its holder does not want it any more.
    Step cancel() {
        return switch (status) {
            case WAITING -> new Step.Settled(with(Status.CANCELLED, null, null));
            case CANCELLED -> new Step.Known();
            case PENDING, PAID, FAILED -> new Step.Contradicted(status.name());
        };
    }

    private Transfer settled(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Paid(var payment) -> with(Status.PAID, payment, null);
            case Outcome.Failed(var why) -> with(Status.FAILED, null, why);
        };
    }

    private static String told(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Paid(var payment) -> "paid as " + payment;
            case Outcome.Failed(var why) -> "failed: " + why;
        };
    }

    private Transfer with(Status next, @Nullable String payment, @Nullable String why) {
        return new Transfer(
                id, kind, holder, amount, rail, destination, next, requestedAt, availableAt, tries, payment, why);
    }

    /// Where its money comes from, and goes back to if the rail does not pay.
    Account source() {
        return switch (kind) {
            case WITHDRAWAL -> Account.available(new CustomerId(holder));
            case PAYOUT -> Account.payable(new OperatorId(holder));
        };
    }

    /// Where its money is until the transfer is settled.
    Account inFlight() {
        return switch (kind) {
            case WITHDRAWAL -> Account.withdrawing(new CustomerId(holder));
            case PAYOUT -> Account.paying(new OperatorId(holder));
        };
    }

    /// What becomes of a transfer.
    sealed interface Step {

        record Settled(Transfer next) implements Step {}

        /// Settled in the same way before.
        record Known() implements Step {}

        /// @param told what stands against the state that it is in
        record Contradicted(String told) implements Step {}
    }
}
