package io.streamsync.launcher.demo;

import io.streamsync.launcher.process.Pause;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Looks at something outside this process until it is as it should be, with patience for a busy machine.
///
/// @param limit after which what is there counts
record Awaiting(Duration limit) {

    private static final Duration POLL = Duration.ofMillis(150);

    /// What was seen last: as it should be, or whatever it was at the limit.
    <T> T until(Supplier<T> look, Predicate<T> asItShouldBe) {
        var started = System.nanoTime();
        while (true) {
            var seen = look.get();
            if (asItShouldBe.test(seen) || System.nanoTime() - started > limit.toNanos()) {
                return seen;
            }
            Pause.sleep(POLL);
        }
    }

    /// @return whether it came to hold
    boolean until(Supplier<Boolean> holds) {
        return until(holds, held -> held);
    }
}
