package io.streamsync.billing.settlement;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/// Looks again and again whether windows can be sealed.
@Component
class Settling implements SchedulingConfigurer {

    private static final Logger log = LoggerFactory.getLogger(Settling.class);

    /// A database that restarts is back within this; what fails for longer wants a person.
    private static final long PATIENCE = Duration.ofMinutes(1).toNanos();

    private final Sealing sealing;
    private final SettlementProperties properties;
    private final InstantSource clock;

    /// On the monotonic clock: the other may be set.
    private final long since = System.nanoTime();

    /// Since when every look has failed, on the monotonic clock; null while the last one went well.
    private @Nullable Long failingSince;

    Settling(Sealing sealing, SettlementProperties properties, InstantSource clock) {
        this.sealing = sealing;
        this.properties = properties;
        this.clock = clock;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar tasks) {
        tasks.addFixedDelayTask(new FixedDelayTask(this::sealDue, properties.look(), properties.look()));
    }

    void sealDue() {
        try {
            for (var sealed = sealNext(); sealed.isPresent(); sealed = sealNext()) {
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

    private Optional<Long> sealNext() {
        var now = clock.instant();
        return sealing.sealNext(now, now.minusNanos(System.nanoTime() - since));
    }

    private boolean isFailingForLong() {
        var now = System.nanoTime();
        if (failingSince == null) {
            failingSince = now;
        }
        return now - failingSince > PATIENCE;
    }
}
