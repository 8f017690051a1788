package io.streamsync.router.race;

import io.streamsync.router.flow.Deliveries;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/// Breaks off the long answers that are still on their way when a stopping edge has waited long enough, before
/// the server closes their connections: that would look as if the customers had left.
final class FlowShutdown implements SmartLifecycle {

    /// After the server's wait for its last requests, and before its end, which is 1024 later.
    private static final int PHASE = WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE - 512;

    private final Deliveries deliveries;
    private volatile boolean running;

    FlowShutdown(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        deliveries.breakOff();
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
