package io.streamsync.billing.subscription;

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

/// A customer's subscriptions, with what each has cost.
@RestController
class SubscriptionController {

    private final Subscriptions subscriptions;
    private final InstantSource clock;

    SubscriptionController(Subscriptions subscriptions, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /// Those that were charged for, or open, within the period.
    @GetMapping("/v1/account/subscriptions")
    Page<SubscriptionView> subscriptions(
            @AnyKey Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        var size = Page.size(limit);
        var period = Period.of(from, to, clock.instant());
        var found = subscriptions.ofCustomer(
                caller.customer(), period.from(), period.to(), Page.position(cursor, Long.MAX_VALUE), size + 1);
        return Page.of(found, size, one -> Long.toString(one.place()), SubscriptionView::of);
    }

    /// @param operatorId who served it last
    record SubscriptionView(
            String subscriptionId,
            String method,
            String operatorId,
            Instant openedAt,
            Instant lastChargedAt,
            long notifications,
            String charged) {

        static SubscriptionView of(Subscribed one) {
            return new SubscriptionView(
                    one.subscriptionId(),
                    one.method(),
                    one.operatorId(),
                    one.openedAt(),
                    one.lastChargedAt(),
                    one.notifications(),
                    Amount.decimal(one.charged()));
        }
    }
}
