package io.streamsync.router.gateway;

import io.streamsync.router.log.RouterLog;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/// The first step of a stop: the router tells those who look after its health that it leaves, and its clients with each
/// response that it is their connection's last. Whoever asks meanwhile is still answered. The ports close after.
final class EdgeDrain implements SmartLifecycle, HealthIndicator {

    private static final Duration LOOK = Duration.ofMillis(10);

    private final OpenSockets sockets;
    private final Duration atMost;
    private final RouterLog log;
    private volatile boolean running;
    private volatile boolean begun;

    EdgeDrain(OpenSockets sockets, Duration atMost, RouterLog log) {
        this.sockets = sockets;
        this.atMost = atMost;
        this.log = log;
    }

    boolean isBegun() {
        return begun;
    }

    @Override
    public Health health() {
        return begun ? Health.outOfService().build() : Health.up().build();
    }

    @Override
    public void start() {
        begun = false;
        running = true;
    }

    /// Ends early when nobody is connected any more.
    @Override
    public void stop() {
        begun = true;
        log.drains(sockets.count());
        var until = System.nanoTime() + atMost.toNanos();
        while (sockets.count() > 0 && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before everything else, the management port too.
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
