package io.streamsync.launcher.process;

import java.time.Duration;

/// A short wait between two looks at something outside this process.
public final class Pause {

    private Pause() {}

    public static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
