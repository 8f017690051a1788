package io.streamsync.billing.alert;

import io.streamsync.billing.alert.Watches.Watched;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Looks every few seconds at the funds of everybody who wants to be told. Nothing that moves money waits for it.
@Component
class Watching {

    private static final Logger log = LoggerFactory.getLogger(Watching.class);

    private static final int PAGE = 1_000;

    private final Watches watches;
    private final Alerts alerts;
    private final InstantSource clock;

    Watching(Watches watches, Alerts alerts, InstantSource clock) {
        this.watches = watches;
        this.alerts = alerts;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 2_000)
    void lookAtAll() {
        try {
            look();
        } catch (RuntimeException e) {
            log.atWarn()
                    .setMessage("nobody is told of low balances, trying again")
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }

    private void look() {
        var page = watches.after("", clock.instant(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(this::look);
            page = watches.after(page.getLast().watch().customer().value(), clock.instant(), PAGE);
        }
    }

    private void look(Watched watched) {
        var look = watched.watch().look(watched.funds());
        if (!look.next().equals(watched.watch())) {
            alerts.tell(look, clock.instant());
        }
    }
}
