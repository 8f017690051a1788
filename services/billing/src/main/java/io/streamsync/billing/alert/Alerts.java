package io.streamsync.billing.alert;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.alert.Watch.Look;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.Instant;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Changes what customers are told of, and notes each crossing once, together with its delivery.
@Component
class Alerts {

    private final Watches watches;
    private final Deliveries deliveries;

    Alerts(Watches watches, Deliveries deliveries) {
        this.watches = watches;
        this.deliveries = deliveries;
    }

    Watch of(CustomerId customer) {
        return watches.find(customer);
    }

    @Transactional
    public Changed change(CustomerId customer, AlertTerms terms) {
        var before = watches.lock(customer);
        var next = before.with(terms, WebhookSecret.generate());
        if (!watches.save(next)) {
            throw new Refusal(
                    ProblemCode.VERSION_CONFLICT, "The alerts were changed at the same time: read them, and repeat.");
        }
        return new Changed(next, next.secret() != null && !next.secret().equals(before.secret()));
    }

    /// Whoever else looked at the same time, or changed the terms, wins: then this look counts for nothing.
    @Transactional
    public void tell(Look look, Instant now) {
        var customer = look.next().customer();
        if (deliveries.room(customer) >= look.alerts().size() && watches.save(look.next())) {
            look.alerts().forEach(alert -> deliveries.add(customer, alert, now));
        }
    }

    /// @param newSecret whether the secret is to be shown, this once
    record Changed(Watch watch, boolean newSecret) {}
}
