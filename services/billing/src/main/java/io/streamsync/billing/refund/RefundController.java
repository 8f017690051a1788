package io.streamsync.billing.refund;

import io.streamsync.billing.account.AnyKey;
import io.streamsync.billing.account.Caller;
import io.streamsync.billing.paging.Page;
import io.streamsync.billing.paging.Period;
import io.streamsync.protocol.money.Amount;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// A customer's refunds.
@RestController
class RefundController {

    private final Refunds refunds;
    private final InstantSource clock;

    RefundController(Refunds refunds, InstantSource clock) {
        this.refunds = refunds;
        this.clock = clock;
    }

    @GetMapping("/v1/account/refunds")
    Page<RefundView> refunds(
            @AnyKey Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var size = Page.size(limit);
        var period = Period.of(from, to, clock.instant());
        var found = refunds.ofCustomer(
                caller.customer(), period.from(), period.to(), Page.position(cursor, Long.MAX_VALUE), size + 1);
        return Page.of(found, size, listed -> Long.toString(listed.place()), listed -> RefundView.of(listed.refund()));
    }

    record RefundView(String refundId, String raceId, String reason, String amount, Instant occurredAt) {

        static RefundView of(Refund refund) {
            return new RefundView(
                    refund.id(),
                    refund.raceId(),
                    refund.reason().name(),
                    Amount.decimal(refund.amount()),
                    refund.occurredAt());
        }
    }
}
