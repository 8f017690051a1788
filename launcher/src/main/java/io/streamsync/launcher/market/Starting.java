package io.streamsync.launcher.market;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.process.LogFile;
import io.streamsync.launcher.process.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// A child that has been started and cannot do its work yet.
record Starting(String name, Process process, BooleanSupplier ready) {

    /// A service needs 10 s on an idle machine; a small one that also builds may take minutes.
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(100);

    /// Enough to see why a service could not start.
    private static final int LOG_LINES = 15;

    /// Waits until all of them are ready.
    ///
    /// @throws Obstacle with the end of its log when one dies, or is not ready in time
    static void awaitAll(List<Starting> children, Installation installation, Progress progress) {
        var pending = new ArrayList<>(children);
        var started = System.nanoTime();
        while (!pending.isEmpty()) {
            pending.forEach(child -> child.checkAlive(installation));
            pending.removeIf(child -> child.isReady(progress));
            if (!pending.isEmpty() && System.nanoTime() - started > LIMIT.toNanos()) {
                throw pending.getFirst().obstacle("is not ready after " + LIMIT.toSeconds() + " s", installation);
            }
            Pause.sleep(pending.isEmpty() ? Duration.ZERO : POLL);
        }
    }

    private void checkAlive(Installation installation) {
        if (!process.isAlive()) {
            throw obstacle("ended with exit code " + process.exitValue() + " while starting", installation);
        }
    }

    private boolean isReady(Progress progress) {
        if (!ready.getAsBoolean()) {
            return false;
        }
        progress.ready(name);
        return true;
    }

    private Obstacle obstacle(String what, Installation installation) {
        var log = new LogFile(installation.log(name));
        var end = log.lastLines(LOG_LINES).stream().collect(Collectors.joining("\n  | ", "\n  | ", ""));
        return new Obstacle(name + " " + what + "; the end of " + log.path() + ":" + end);
    }
}
