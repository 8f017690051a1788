package io.streamsync.billing.withdrawal;

import io.streamsync.billing.account.Caller;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.credit.Recall;
import io.streamsync.billing.idempotency.Idempotency;
import io.streamsync.billing.paging.Page;
import io.streamsync.billing.rail.RequestedTransfer;
import io.streamsync.billing.rail.Transfer;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Customers' withdrawals.
@RestController
@RequestMapping("/v1/account/withdrawals")
class WithdrawalController {

    private final Withdrawals withdrawals;
    private final Idempotency idempotency;
    private final Recall recall;

    WithdrawalController(Withdrawals withdrawals, Idempotency idempotency, Recall recall) {
        this.withdrawals = withdrawals;
        this.idempotency = idempotency;
        this.recall = recall;
    }

    /// What routers hold and do not need is fetched between two attempts, while no transaction is open.
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    WithdrawalView withdraw(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody WithdrawalRequest request) {
        var read = RequestedTransfer.read(request.amount(), request.destination(), request.rail());
        try {
            return withdrawn(caller.customer(), key, request, read);
        } catch (Refusal refused) {
            if (refused.code() != ProblemCode.BALANCE_TOO_LOW
                    || !recall.bringBack(caller.customer(), read.amount().nanoUnits())) {
                throw refused;
            }
            return withdrawn(caller.customer(), key, request, read);
        }
    }

    private WithdrawalView withdrawn(
            CustomerId customer, @Nullable String key, WithdrawalRequest request, RequestedTransfer read) {
        return idempotency.once(
                customer,
                key,
                request,
                WithdrawalView.class,
                () -> WithdrawalView.of(withdrawals.request(customer, read)));
    }

    /// Newest first.
    @GetMapping
    Page<WithdrawalView> withdrawals(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var size = Page.size(limit);
        var found = withdrawals.of(caller.customer(), Page.position(cursor, Long.MAX_VALUE), size + 1);
        return Page.of(
                found, size, listed -> Long.toString(listed.number()), listed -> WithdrawalView.of(listed.transfer()));
    }

    @GetMapping("/{withdrawalId}")
    WithdrawalView withdrawal(Caller caller, @PathVariable String withdrawalId) {
        return WithdrawalView.of(withdrawals.find(caller.customer(), withdrawalId));
    }

    @DeleteMapping("/{withdrawalId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void cancel(Caller caller, @PathVariable String withdrawalId) {
        withdrawals.cancel(caller.customer(), withdrawalId);
    }

    record WithdrawalRequest(
            @Nullable String amount,
            @Nullable String destination,
            @Nullable String rail) {}

    /// @param availableAt when it may be handed to its rail
    /// @param reason why it failed; null when it did not
    record WithdrawalView(
            String withdrawalId,
            String status,
            String asset,
            String amount,
            String destination,
            Instant availableAt,
            String rail,
            Instant requestedAt,
            @Nullable String reason) {

        static WithdrawalView of(Transfer transfer) {
            return new WithdrawalView(
                    transfer.id(),
                    transfer.status().name(),
                    transfer.amount().asset().name(),
                    transfer.amount().decimal(),
                    transfer.destination().value(),
                    transfer.availableAt(),
                    transfer.rail(),
                    transfer.requestedAt(),
                    transfer.reason());
        }
    }
}
