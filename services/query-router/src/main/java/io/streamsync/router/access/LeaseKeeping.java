package io.streamsync.router.access;

import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.publication.HighWaterMarks;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.springframework.context.SmartLifecycle;

/// Turns the keeper and tidies the leases, from the start to the end of the router.
final class LeaseKeeping implements SmartLifecycle {

    /// After the journal, before the feeds.
    private static final int PHASE = 200;

    /// The least time between two calls: a wish that comes after it waits for nothing, those that come within it share
    /// one.
    private static final Duration TOGETHER = Duration.ofMillis(50);

    private static final Duration TIDYING = Duration.ofMillis(500);

    private final LeaseKeeper keeper;
    private final CreditLeases leases;
    private final RateShares rates;
    private final HighWaterMarks marks;
    private final Incarnation incarnation;
    private final Thread thread = new Thread(this::run, "credit-leases");
    private volatile boolean running;

    /// @param end called once, when a later start of this router has taken its place and nothing is sold any more
    LeaseKeeping(
            LeaseKeeper keeper,
            CreditLeases leases,
            RateShares rates,
            HighWaterMarks marks,
            Incarnation incarnation,
            Runnable end) {
        this.keeper = keeper;
        this.leases = leases;
        this.rates = rates;
        this.marks = marks;
        this.incarnation = incarnation;
        thread.setDaemon(true);
        keeper.onWish(() -> LockSupport.unpark(thread));
        keeper.onSuperseded(() -> {
            leases.closeAll();
            end.run();
        });
    }

    @Override
    public void start() {
        running = true;
        thread.start();
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(thread);
        keeper.stop();
        leases.closeAll();
    }

    /// Whether credit is still asked for; an error of the machine ends it.
    boolean isAlive() {
        return thread.isAlive();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    private void run() {
        var asked = System.nanoTime() - TOGETHER.toNanos();
        var tidied = asked;
        while (running) {
            var now = System.nanoTime();
            try {
                if (now - asked >= TOGETHER.toNanos() && keeper.turn()) {
                    asked = now;
                }
                if (now - tidied >= TIDYING.toNanos()) {
                    tidied = now;
                    leases.tidy(marks.nextPosition(incarnation.number()));
                    rates.tidy(now);
                }
            } catch (RuntimeException e) {
                keeper.failed(e);
            }
            var since = System.nanoTime() - asked;
            LockSupport.parkNanos(this, since < TOGETHER.toNanos() ? TOGETHER.toNanos() - since : TOGETHER.toNanos());
        }
    }
}
