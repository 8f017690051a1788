package io.streamsync.billing.alert;

import io.streamsync.billing.account.Caller;
import io.streamsync.billing.paging.Page;
import io.streamsync.outbound.EndpointGuard;
import io.streamsync.outbound.EndpointVerdict;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.money.Amount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// What a customer wants to be told, and whether it could be.
@RestController
@RequestMapping("/v1/account/alerts")
class AlertController {

    private final Alerts alerts;
    private final Deliveries deliveries;
    private final EndpointGuard guard;

    AlertController(Alerts alerts, Deliveries deliveries, EndpointGuard guard) {
        this.alerts = alerts;
        this.deliveries = deliveries;
        this.guard = guard;
    }

    @GetMapping
    AlertView alerts(Caller caller) {
        return AlertView.of(alerts.of(caller.customer()), false);
    }

    /// The whole of it: what is null or absent is off.
    @PutMapping
    AlertView change(Caller caller, @RequestBody ObjectNode given) {
        var terms = AlertRequest.read(given);
        if (terms.webhookUrl() != null
                && guard.check(terms.webhookUrl(), false) instanceof EndpointVerdict.Refused(var reason)) {
            throw new Refusal(ProblemCode.ENDPOINT_NOT_ALLOWED, reason).field("webhookUrl", reason);
        }
        var changed = alerts.change(caller.customer(), terms);
        return AlertView.of(changed.watch(), changed.newSecret());
    }

    /// Newest first, of the last 30 days.
    @GetMapping("/deliveries")
    Page<DeliveryView> deliveries(
            Caller caller,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        var size = Page.size(limit);
        var found = deliveries.of(caller.customer(), Page.position(cursor, Long.MAX_VALUE), size + 1);
        return Page.of(
                found, size, listed -> Long.toString(listed.number()), listed -> DeliveryView.of(listed.delivery()));
    }

    /// @param secret of the signatures, shown when the webhook is new; null afterwards
    record AlertView(
            @Nullable String lowBalance,
            @Nullable Integer runwayMinutes,
            @Nullable String webhookUrl,
            @Nullable String secret) {

        static AlertView of(Watch watch, boolean showSecret) {
            var lowBalance = watch.terms().lowBalance();
            return new AlertView(
                    lowBalance == null ? null : Amount.decimal(lowBalance),
                    watch.terms().runwayMinutes(),
                    watch.terms().webhookUrl(),
                    showSecret ? watch.secret() : null);
        }
    }

    /// @param lastAnswer the status that came back, or why none did
    /// @param nextTryAt null once it has ended
    record DeliveryView(
            String deliveryId,
            String type,
            String status,
            Instant createdAt,
            int tries,
            @Nullable String lastAnswer,
            @Nullable Instant nextTryAt) {

        static DeliveryView of(Delivery delivery) {
            return new DeliveryView(
                    delivery.id(),
                    delivery.type(),
                    delivery.status().name(),
                    delivery.createdAt(),
                    delivery.tries(),
                    delivery.lastAnswer(),
                    delivery.status() == Delivery.Status.PENDING ? delivery.nextTryAt() : null);
        }
    }
}
