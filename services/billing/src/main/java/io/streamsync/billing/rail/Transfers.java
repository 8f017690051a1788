package io.streamsync.billing.rail;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.rail.Standing.Outcome;
import io.streamsync.billing.rail.Transfer.Kind;
import io.streamsync.billing.rail.Transfer.Status;
import io.streamsync.billing.rail.Transfer.Step;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Sets money aside for transfers, and settles each of them once: paid, or given back.
@Component
public class Transfers {

    /// Of one holder at once: each takes room and a rail's time.
    private static final int MOST_OPEN = 100;

    private static final Map<Kind, String> PREFIXES = Map.of(Kind.WITHDRAWAL, "wd_", Kind.PAYOUT, "po_");

    private final TransferRows rows;
    private final TransferBooking booking;
    private final RailFunds funds;
    private final TransferLog log;
    private final InstantSource clock;

    Transfers(TransferRows rows, TransferBooking booking, RailFunds funds, TransferLog log, InstantSource clock) {
        this.rows = rows;
        this.booking = booking;
        this.funds = funds;
        this.log = log;
        this.clock = clock;
    }

    /// Sets the money of a customer's withdrawal aside.
    ///
    /// @param wait from when the customer first named the destination
    @Transactional
    public Reservation withdraw(
            CustomerId customer, Amount amount, String rail, Destination destination, Duration wait) {
        return reserve(Kind.WITHDRAWAL, customer.value(), amount, rail, destination, wait);
    }

    /// Sets the money of an operator's payout aside.
    @Transactional
    public Reservation payOut(OperatorId operator, Amount amount, String rail, Destination destination) {
        return reserve(Kind.PAYOUT, operator.value(), amount, rail, destination, Duration.ZERO);
    }

    /// The holder's account is locked first: its transfers are asked for one after the other.
    private Reservation reserve(
            Kind kind, String holder, Amount amount, String rail, Destination destination, Duration wait) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var id = PREFIXES.get(kind) + UUID.randomUUID();
        var reserving = booking.reserving(Transfer.requested(id, kind, holder, amount, rail, destination, now, now));
        if (reserving.available() < amount.nanoUnits()) {
            return new Reservation.TooLow(reserving.available());
        }
        if (rows.open(kind, holder) >= MOST_OPEN) {
            return new Reservation.TooMany(MOST_OPEN);
        }
        var named = rows.named(kind, holder, destination).orElse(now);
        var transfer =
                Transfer.requested(id, kind, holder, amount, rail, destination, now, later(now, named.plus(wait)));
        var left = left(transfer);
        if (left < amount.nanoUnits() || !funds.take(transfer)) {
            return new Reservation.RailTooLow(rail, left);
        }
        rows.add(transfer);
        booking.reserved(transfer, reserving.locked());
        return new Reservation.Made(transfer);
    }

    private long left(Transfer transfer) {
        var left = switch (transfer.kind()) {
            case WITHDRAWAL -> funds.of(new CustomerId(transfer.holder()));
            case PAYOUT -> funds.ofAll();
        };
        return left.getOrDefault(transfer.rail(), 0L);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /// A rail reports how a transfer ended. Reported again, nothing changes; a report against what was settled changes
    /// nothing either, and somebody has to look at it.
    @Transactional
    public void settled(String transferId, Outcome outcome) {
        var found = rows.lock(transferId);
        if (found.isEmpty()) {
            log.unknown(transferId, outcome);
            return;
        }
        switch (found.get().report(outcome)) {
            case Step.Settled(var next) -> settle(next);
            case Step.Known() -> {}
            case Step.Contradicted(var told) -> {
                rows.contradicted(transferId, told);
                log.contradicted(found.get(), told);
            }
        }
    }

    /// Gives a withdrawal back that has not been handed to its rail. Repeating it changes nothing.
    ///
    /// @return empty where it is too late
    @Transactional
    public Optional<Transfer> cancel(CustomerId customer, String transferId) {
        var transfer = rows.lock(transferId)
                .filter(found ->
                        found.kind() == Kind.WITHDRAWAL && found.holder().equals(customer.value()))
                .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND, "No such withdrawal on this account."));
        return switch (transfer.cancel()) {
            case Step.Settled(var next) -> {
                settle(next);
                yield Optional.of(next);
            }
            case Step.Known() -> Optional.of(transfer);
            case Step.Contradicted _ -> Optional.empty();
        };
    }

    private void settle(Transfer next) {
        rows.settle(next, clock.instant());
        booking.settled(next);
        if (next.status() != Status.PAID) {
            funds.giveBack(next);
        }
    }

    public Optional<Transfer> find(Kind kind, String holder, String transferId) {
        return rows.find(kind, holder, transferId);
    }

    /// A holder's, newest first.
    public List<Listed> of(Kind kind, String holder, long before, int limit) {
        return rows.of(kind, holder, before, limit);
    }

    /// What has been paid out to an operator, nano-USDC.
    public long paidOut(OperatorId operator) {
        return rows.paid(Kind.PAYOUT, operator.value());
    }

    /// @param number of its place among all
    public record Listed(long number, Transfer transfer) {}
}
