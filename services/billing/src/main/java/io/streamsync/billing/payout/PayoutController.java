package io.streamsync.billing.payout;

import io.streamsync.billing.idempotency.Idempotency;
import io.streamsync.billing.paging.Page;
import io.streamsync.billing.rail.RequestedTransfer;
import io.streamsync.billing.rail.Transfer;
import io.streamsync.protocol.market.OperatorId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Operators' payouts, for the portal: who asks, and where the money may go, was checked there.
@RestController
@RequestMapping("/internal/operators/{operatorId}/payouts")
class PayoutController {

    private final Payouts payouts;
    private final Idempotency idempotency;

    PayoutController(Payouts payouts, Idempotency idempotency) {
        this.payouts = payouts;
        this.idempotency = idempotency;
    }

    /// The destination is the operator's own, not the request's: a repetition after it changed is the same request.
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    PayoutView payOut(@PathVariable OperatorId operatorId, @RequestBody PayoutRequest request) {
        var read = RequestedTransfer.read(request.amount(), request.destination(), request.rail());
        return idempotency.once(
                "operator/" + operatorId,
                request.idempotencyKey(),
                new PayoutAsked(request.amount(), request.rail()),
                PayoutView.class,
                () -> PayoutView.of(payouts.request(operatorId, read)));
    }

    /// Newest first.
    @GetMapping
    Page<PayoutView> payouts(
            @PathVariable OperatorId operatorId,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var size = Page.size(limit);
        var found = payouts.of(operatorId, Page.position(cursor, Long.MAX_VALUE), size + 1);
        return Page.of(
                found, size, listed -> Long.toString(listed.number()), listed -> PayoutView.of(listed.transfer()));
    }

    record PayoutRequest(
            @Nullable String amount,
            @Nullable String destination,
            @Nullable String rail,
            @Nullable String idempotencyKey) {}

    record PayoutAsked(@Nullable String amount, @Nullable String rail) {}

    /// @param reason why it failed; null when it did not
    record PayoutView(
            String payoutId,
            String status,
            String asset,
            String amount,
            String destination,
            String rail,
            Instant requestedAt,
            @Nullable String reason) {

        static PayoutView of(Transfer transfer) {
            return new PayoutView(
                    transfer.id(),
                    transfer.status().name(),
                    transfer.amount().asset().name(),
                    transfer.amount().decimal(),
                    transfer.destination().value(),
                    transfer.rail(),
                    transfer.requestedAt(),
                    transfer.reason());
        }
    }
}
