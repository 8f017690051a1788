package io.streamsync.billing.settlement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Looks twice a second whether windows can be sealed.
@Component
class Settling {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);

    /// A database that restarts is back within this; what fails for longer wants a person.
    private static final long PATIENCE = Duration.ofMinutes(1).toNanos();

    private final Sealing sealing;
    private final InstantSource clock;
    private final Instant since;

    /// Since when every look has failed, on the monotonic clock; null while the last one went well.
    private @Nullable Long failingSince;

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
            failingSince = null;
        } catch (RuntimeException e) { // the database is away; the next look finds the window as it was
            log.atLevel(isFailingForLong() ? Level.ERROR : Level.WARN)
                    .setMessage("window not sealed, trying again")
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }

    private boolean isFailingForLong() {
        var now = System.nanoTime();
        if (failingSince == null) {
            failingSince = now;
        }
        return now - failingSince > PATIENCE;
    }
}
