package io.streamsync.billing.payout;

import io.streamsync.billing.rail.RailFunds;
import io.streamsync.billing.rail.RequestedTransfer;
import io.streamsync.billing.rail.Reservation;
import io.streamsync.billing.rail.Transfer;
import io.streamsync.billing.rail.TransferRails;
import io.streamsync.billing.rail.Transfers;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.util.Comparator;
import java.util.List;
import org.springframework.stereotype.Component;

/// Pays operators what is payable, whatever they are or have at stake by now: what was earned stays earned.
@Component
class Payouts {

    private final Transfers transfers;
    private final RailFunds funds;
    private final TransferRails rails;

    Payouts(Transfers transfers, RailFunds funds, TransferRails rails) {
        this.transfers = transfers;
        this.funds = funds;
        this.rails = rails;
    }

    Transfer request(OperatorId operator, RequestedTransfer request) {
        return switch (transfers.payOut(operator, request.amount(), rail(request), request.destination())) {
            case Reservation.Made(var transfer) -> transfer;
            case Reservation.TooLow(var payable) -> throw tooLow("Only what is payable is paid out", payable);
            case Reservation.RailTooLow(var rail, var left) ->
                throw tooLow("The rail " + rail + " pays out no more than customers brought in by it", left);
            case Reservation.TooMany(var most) ->
                throw new Refusal(
                        ProblemCode.STATE_CONFLICT,
                        "At most " + most + " payouts are under way at once. Wait until one is paid.");
        };
    }

    /// The one that is named, or by which most can leave.
    private String rail(RequestedTransfer request) {
        var open = rails.names();
        if (open.isEmpty()) {
            throw new Refusal(
                    ProblemCode.UNAVAILABLE,
                    "No rail is open at present by which money could leave. Nothing is lost: try again later.");
        }
        var named = request.rail();
        if (named != null) {
            if (!open.contains(named)) {
                throw RequestedTransfer.unreadable("rail", "one of: " + String.join(", ", open));
            }
            return named;
        }
        var left = funds.ofAll();
        return open.stream()
                .max(Comparator.comparing(rail -> left.getOrDefault(rail, 0L)))
                .orElseThrow();
    }

    private static Refusal tooLow(String rule, long nano) {
        var amount = Amount.decimal(nano);
        return new Refusal(ProblemCode.BALANCE_TOO_LOW, rule + ": " + amount + " USDC at the moment.")
                .with("available", amount);
    }

    List<Transfers.Listed> of(OperatorId operator, long before, int limit) {
        return transfers.of(Transfer.Kind.PAYOUT, operator.value(), before, limit);
    }
}
