package io.streamsync.benchmarks.machine;

import java.time.Duration;

/// Waits until what a round left behind is worked off: billing and reputation go on for a while after the last query.
public final class Quiet {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// Of one core; an idle market takes about half of this.
    private static final double QUIET = 0.2;

    private Quiet() {}

    public static void await() throws InterruptedException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        double busy;
        do {
            var before = Cpu.busySeconds();
            Thread.sleep(LOOK);
            busy = (Cpu.busySeconds() - before) / LOOK.toMillis() * 1000;
        } while (busy > QUIET && System.nanoTime() - until < 0);
    }
}
