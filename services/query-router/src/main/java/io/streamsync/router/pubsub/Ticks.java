package io.streamsync.router.pubsub;

import io.netty.channel.EventLoop;
import io.streamsync.router.log.RouterLog;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Has the subscriptions that something came for write it down once in a while. Those that nothing comes for cost
/// nothing. One clock per loop, which runs while there is something to do.
final class Ticks {

    private final Map<EventLoop, OfLoop> loops = new ConcurrentHashMap<>();
    private final long periodNanos;
    private final RouterLog log;

    Ticks(long periodNanos, RouterLog log) {
        this.periodNanos = periodNanos;
        this.log = log;
    }

    /// To be called on the loop.
    void add(EventLoop loop, Tab tab) {
        loops.computeIfAbsent(loop, OfLoop::new).add(tab);
    }

    /// To be called on the loop.
    void remove(EventLoop loop, Tab tab) {
        var ofLoop = loops.get(loop);
        if (ofLoop != null) {
            ofLoop.tabs.remove(tab);
        }
    }

    private final class OfLoop {

        private final Set<Tab> tabs = new LinkedHashSet<>();
        private final EventLoop loop;
        private @Nullable ScheduledFuture<?> running;

        OfLoop(EventLoop loop) {
            this.loop = loop;
        }

        void add(Tab tab) {
            tabs.add(tab);
            if (running == null) {
                running = loop.scheduleAtFixedRate(this::tick, periodNanos, periodNanos, TimeUnit.NANOSECONDS);
            }
        }

        private void tick() {
            for (var tab : List.copyOf(tabs)) {
                tick(tab);
            }
            if (tabs.isEmpty() && running != null) {
                running.cancel(false);
                running = null;
            }
        }

        /// What breaks ends its own subscription, not the clock of all others.
        private void tick(Tab tab) {
            try {
                tab.tick();
            } catch (RuntimeException e) {
                tabs.remove(tab);
                log.subscriptionNotCharged(tab.id(), e);
                giveUp(tab);
            }
        }

        private void giveUp(Tab tab) {
            try {
                tab.giveUp();
            } catch (RuntimeException e) {
                log.subscriptionNotCharged(tab.id(), e);
            }
        }
    }
}
