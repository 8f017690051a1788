package io.streamsync.router.race;

import io.streamsync.router.log.RouterLog;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/// Ends the races before what they need: no new ones, and the open ones get their last records.
final class RaceShutdown implements SmartLifecycle {

    /// After journal, secrets, leases and feeds have started, and so before they stop.
    private static final int PHASE = 1000;

    /// The deadline of a query and the verification after it, by the protocol's defaults.
    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final Starter starter;
    private final OpenRaces open;
    private final RouterLog log;
    private volatile boolean running;

    RaceShutdown(Starter starter, OpenRaces open, RouterLog log) {
        this.starter = starter;
        this.open = open;
        this.log = log;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        starter.close();
        var unfinished = open.awaitNone(PATIENCE);
        if (unfinished > 0) {
            log.racesUnfinished(unfinished);
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
