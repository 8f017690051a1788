package io.streamsync.router.race;

import io.streamsync.router.log.RouterLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Lets the memories of single customers go once they are idle, away from the queries.
final class Tidying implements SmartLifecycle {

    private static final long PERIOD_MILLIS = Duration.ofSeconds(10).toMillis();

    private final List<Runnable> memories;
    private final RouterLog log;
    private volatile @Nullable ScheduledExecutorService thread;

    Tidying(List<Runnable> memories, RouterLog log) {
        this.memories = memories;
        this.log = log;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
    public void start() {
        var scheduled = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("tidying").factory());
        scheduled.scheduleWithFixedDelay(this::tidy, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
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

    private void tidy() {
        for (var memory : memories) {
            try {
                memory.run();
            } catch (RuntimeException e) {
                log.tidyingFailed(e);
            }
        }
    }
}
