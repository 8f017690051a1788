package io.streamsync.router.market;

import io.streamsync.router.log.RouterLog;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Keeps the market moving, on one thread of its own.
final class MarketClock implements SmartLifecycle {

    /// After the feeds, before races.
    private static final int PHASE = 400;

    /// The first change is in force at once; the market itself bounds snapshots to one a second.
    private static final long PERIOD_MILLIS = 50;

    private final Market market;
    private final RouterLog log;
    private volatile @Nullable ScheduledExecutorService thread;

    MarketClock(Market market, RouterLog log) {
        this.market = market;
        this.log = log;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
    public void start() {
        var scheduled = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("market").factory());
        scheduled.scheduleWithFixedDelay(this::refresh, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        thread = scheduled;
    }

    @Override
    public void stop() {
        if (thread != null) {
            thread.shutdownNow();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void refresh() {
        try {
            market.refresh(System.nanoTime());
        } catch (RuntimeException e) {
            log.marketStandsStill(e);
        }
    }
}
