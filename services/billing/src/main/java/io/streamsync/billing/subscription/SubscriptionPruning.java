package io.streamsync.billing.subscription;

import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Forgets subscriptions that nothing was charged for since long: whatever a customer may still ask about is younger.
@Component
class SubscriptionPruning {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionPruning.class);

    /// A year and a month: a whole year's accounts can be closed with them.
    private static final Duration KEPT = Duration.ofDays(400);

    private static final int AT_A_TIME = 10_000;

    private final Subscriptions subscriptions;
    private final InstantSource clock;

    SubscriptionPruning(Subscriptions subscriptions, InstantSource clock) {
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 600_000, fixedDelay = 3_600_000)
    void prune() {
        try {
            var until = clock.instant().minus(KEPT);
            while (subscriptions.forget(until, AT_A_TIME) == AT_A_TIME) {
                // a part at a time: posting goes on in between
            }
        } catch (RuntimeException e) {
            log.atWarn()
                    .setMessage("old subscriptions stay, trying again")
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }
}
