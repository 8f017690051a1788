package io.streamsync.billing.earning;

import io.streamsync.protocol.parameters.Parameters;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Looks once a second whose earnings have come out of their hold.
@Component
@EnableScheduling
class HoldReleasing {

    private static final Logger log = LoggerFactory.getLogger(HoldReleasing.class);

    private final Holds holds;
    private final HoldRelease releases;
    private final Parameters parameters;
    private final InstantSource clock;

    HoldReleasing(Holds holds, HoldRelease releases, Parameters parameters, InstantSource clock) {
        this.holds = holds;
        this.releases = releases;
        this.parameters = parameters;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1_000)
    void releaseDue() {
        var now = clock.instant();
        var until = now.minus(parameters.hold());
        trying(() -> holds.due(until).forEach(operator -> trying(() -> releases.release(operator, until, now))));
    }

    /// The database is away, or an operator's accounts are locked, which holds up no other: the next round finds it
    /// all.
    private static void trying(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.atWarn()
                    .setMessage("earnings stay held, trying again")
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }
}
