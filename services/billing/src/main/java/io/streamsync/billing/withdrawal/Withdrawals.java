package io.streamsync.billing.withdrawal;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.rail.RailFunds;
import io.streamsync.billing.rail.RequestedTransfer;
import io.streamsync.billing.rail.Reservation;
import io.streamsync.billing.rail.Transfer;
import io.streamsync.billing.rail.TransferRails;
import io.streamsync.billing.rail.Transfers;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import java.util.List;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/// Lets customers have back what they have not spent, by the rail it came in by and no other.
@Component
class Withdrawals {

    private static final String WITH_ROUTERS =
            " The rest is with routers: set aside for queries, or spent a moment ago and not booked yet. Each withdrawal"
                    + " asks them for what they do not need: stop your queries, and try again in a few seconds.";

    private final Transfers transfers;
    private final RailFunds funds;
    private final TransferRails rails;
    private final Ledger ledger;
    private final WithdrawalProperties properties;

    Withdrawals(
            Transfers transfers, RailFunds funds, TransferRails rails, Ledger ledger, WithdrawalProperties properties) {
        this.transfers = transfers;
        this.funds = funds;
        this.rails = rails;
        this.ledger = ledger;
        this.properties = properties;
    }

    Transfer request(CustomerId customer, RequestedTransfer request) {
        var rail = rail(customer, request);
        var reserved = transfers.withdraw(
                customer, request.amount(), rail, request.destination(), properties.destinationWait());
        return switch (reserved) {
            case Reservation.Made(var transfer) -> transfer;
            case Reservation.TooLow(var available) -> throw tooLow(customer, request.amount(), available);
            case Reservation.RailTooLow(var name, var left) ->
                throw tooLow("By the rail " + name + " no more can leave than came in by it", left);
            case Reservation.TooMany(var most) ->
                throw new Refusal(
                        ProblemCode.STATE_CONFLICT,
                        "At most " + most
                                + " withdrawals are under way at once. Wait until one is paid, or cancel one.");
        };
    }

    /// The one that is named, or the only one that money of the customer came in by.
    private String rail(CustomerId customer, RequestedTransfer request) {
        var cameIn = new TreeSet<>(funds.of(customer).keySet());
        var named = request.rail();
        if (cameIn.isEmpty() && named == null) {
            throw tooLow("Nothing has come in yet that could leave", 0);
        }
        if (named == null ? cameIn.size() > 1 : !cameIn.contains(named)) {
            throw RequestedTransfer.unreadable("rail", "one that money came in by: " + String.join(", ", cameIn));
        }
        var rail = named == null ? cameIn.first() : named;
        if (!rails.names().contains(rail)) {
            throw new Refusal(
                    ProblemCode.UNAVAILABLE,
                    "The rail " + rail + " is closed at present, and money leaves by the rail it came in by. Nothing is"
                            + " lost: try again when it is open.");
        }
        return rail;
    }

    /// Says where the rest is, when it is there.
    private Refusal tooLow(CustomerId customer, Amount wanted, long available) {
        var reserved = ledger.balance(Account.leased(customer));
        var isThere = reserved > 0 && wanted.nanoUnits() - available <= reserved;
        return tooLow("Only what is available can leave", available, isThere ? WITH_ROUTERS : "")
                .with("reserved", Amount.decimal(reserved));
    }

    private static Refusal tooLow(String rule, long nano) {
        return tooLow(rule, nano, "");
    }

    private static Refusal tooLow(String rule, long nano, String more) {
        var available = Amount.decimal(Math.max(0, nano));
        return new Refusal(ProblemCode.BALANCE_TOO_LOW, rule + ": " + available + " USDC at the moment." + more)
                .with("available", available);
    }

    Transfer find(CustomerId customer, String withdrawalId) {
        return transfers
                .find(Transfer.Kind.WITHDRAWAL, customer.value(), withdrawalId)
                .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND, "No such withdrawal on this account."));
    }

    List<Transfers.Listed> of(CustomerId customer, long before, int limit) {
        return transfers.of(Transfer.Kind.WITHDRAWAL, customer.value(), before, limit);
    }

    void cancel(CustomerId customer, String withdrawalId) {
        if (transfers.cancel(customer, withdrawalId).isEmpty()) {
            throw new Refusal(
                    ProblemCode.STATE_CONFLICT,
                    "A withdrawal is cancelled only while it is WAITING. This one has been handed to its rail.");
        }
    }
}
