package io.streamsync.billing.settlement;

import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Looks twice a second whether windows can be sealed.
@Component
class Settling {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);

    private final Sealing sealing;
    private final InstantSource clock;
    private final Instant since;

    Settling(Sealing sealing, InstantSource clock) {
        this.sealing = sealing;
        this.clock = clock;
        since = clock.instant();
    }

    @Scheduled(
            initialDelayString = "${streamsync.settlement.look:500}",
            fixedDelayString = "${streamsync.settlement.look:500}")
    void sealDue() {
        try {
            for (var sealed = sealing.sealNext(clock.instant(), since);
                    sealed.isPresent();
                    sealed = sealing.sealNext(clock.instant(), since)) {
                log.atInfo()
                        .setMessage("window sealed")
                        .addKeyValue("epoch", sealed.get())
                        .log();
            }
        } catch (RuntimeException e) { // the database is away; the next look finds the window as it was
            log.atWarn()
                    .setMessage("window not sealed, trying again")
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }
}
