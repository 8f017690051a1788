package io.streamsync.billing.deposit;

import io.streamsync.billing.account.Caller;
import io.streamsync.billing.idempotency.Idempotency;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Customers' deposits.
@RestController
@RequestMapping("/v1/account/deposits")
class DepositController {

    private final Deposits deposits;
    private final Idempotency idempotency;

    DepositController(Deposits deposits, Idempotency idempotency) {
        this.deposits = deposits;
        this.idempotency = idempotency;
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    DepositView deposit(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody DepositRequest request) {
        return idempotency.once(
                caller.customer(),
                key,
                request,
                DepositView.class,
                () -> DepositView.of(
                        deposits.request(caller.customer(), request.checkedAmount(), request.checkedRail())));
    }

    @GetMapping("/{depositId}")
    DepositView deposit(Caller caller, @PathVariable String depositId) {
        return deposits.find(caller.customer(), depositId)
                .map(DepositView::of)
                .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND, "No such deposit on this account."));
    }

    record DepositRequest(
            @Nullable String asset,
            @Nullable String amount,
            @Nullable String rail) {

        Amount checkedAmount() {
            if (!Asset.USDC.name().equals(asset)) {
                throw unreadable("asset", "USDC: credit is in USDC only");
            }
            if (amount == null) {
                throw unreadable("amount", "a decimal string such as \"5.00\"");
            }
            try {
                return Amount.parse(Asset.USDC, amount);
            } catch (IllegalArgumentException notAnAmount) {
                throw new Refusal(ProblemCode.AMOUNT_INVALID, String.valueOf(notAnAmount.getMessage()));
            }
        }

        String checkedRail() {
            if (rail == null) {
                throw unreadable("rail", "the way in which the money comes, such as \"sandbox\"");
            }
            return rail;
        }

        private static Refusal unreadable(String field, String detail) {
            return new Refusal(ProblemCode.INVALID_REQUEST, "The deposit cannot be read.").field(field, detail);
        }
    }

    record DepositView(String depositId, String status, String asset, String amount, String rail) {

        static DepositView of(Deposit deposit) {
            return new DepositView(
                    deposit.id(),
                    deposit.status().name(),
                    deposit.amount().asset().name(),
                    deposit.amount().decimal(),
                    deposit.rail());
        }
    }
}
