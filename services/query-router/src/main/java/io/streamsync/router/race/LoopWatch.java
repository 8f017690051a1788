package io.streamsync.router.race;

import io.netty.channel.EventLoop;
import io.streamsync.router.log.RouterLog;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Measures for how long work waits before an event loop begins it, and lets in fewer queries while that is too long:
/// what waits in a loop's queue or in its sockets is in no counter. Like CoDel: a burst may wait, a queue that does not
/// empty for an interval may not.
public final class LoopWatch implements SmartLifecycle {

    /// So often each loop says how late it is; a hundred ticks a second cost nothing.
    private static final long TICK_NANOS = Duration.ofMillis(10).toNanos();

    private final Map<EventLoop, LoopDelay> loops = new ConcurrentHashMap<>();
    private final Shares shares;
    private final AdmissionLimit limit;
    private final HeapRest heap;
    private final AdmissionProperties properties;
    private final RouterLog log;
    private volatile @Nullable ScheduledExecutorService thread;
    private boolean wasLate;

    LoopWatch(Shares shares, HeapRest heap, AdmissionProperties properties, RouterLog log) {
        this.shares = shares;
        this.limit = shares.limit();
        this.heap = heap;
        this.properties = properties;
        this.log = log;
    }

    /// Watches this loop from now on.
    public void watch(EventLoop loop) {
        if (!loops.containsKey(loop)) {
            loops.computeIfAbsent(loop, this::begin);
        }
    }

    /// Whether less is taken in than at other times.
    public boolean isOverloaded() {
        return limit.isLowered() && shares.isFull();
    }

    /// Fewer queries when a loop was late all the time, else more; to be called once an interval.
    void look() {
        var late = heap.isShort();
        for (var delay : loops.values()) {
            late |= delay.takeLeast(System.nanoTime()) > properties.target().toNanos();
        }
        if (late) {
            limit.lower(shares.inFlight());
        } else if (limit.isLowered()) {
            limit.raise();
        }
        tell(limit.isLowered());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the thread
    public void start() {
        var scheduled = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("loop-watch").factory());
        var interval = properties.interval().toNanos();
        scheduled.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.NANOSECONDS);
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

    /// One line when it begins and one when it is over, however long it takes.
    private void tell(boolean late) {
        if (late != wasLate) {
            wasLate = late;
            if (late) {
                log.overloaded(limit.now());
            } else {
                log.overloadOver();
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ticks as long as the loop runs
    private LoopDelay begin(EventLoop loop) {
        var delay = new LoopDelay(System.nanoTime());
        loop.scheduleWithFixedDelay(
                () -> delay.tick(System.nanoTime(), TICK_NANOS), TICK_NANOS, TICK_NANOS, TimeUnit.NANOSECONDS);
        return delay;
    }
}
