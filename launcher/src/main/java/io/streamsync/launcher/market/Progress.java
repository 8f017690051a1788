package io.streamsync.launcher.market;

import java.io.PrintStream;
import java.time.Duration;

/// Tells the person at the terminal what happens and how long it took.
public final class Progress {

    private final PrintStream out;
    private final long started = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    public void say(String line) {
        out.println(line);
        out.flush();
    }

    /// Something is there, so long after the beginning.
    public void ready(String what) {
        say("  %-28s %6.1f s".formatted(what, seconds()));
    }

    public double seconds() {
        return Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
    }
}
