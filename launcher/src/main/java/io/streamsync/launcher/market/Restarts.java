package io.streamsync.launcher.market;

import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.process.Children;
import io.streamsync.launcher.process.Pause;
import io.streamsync.launcher.process.Program;
import java.time.Duration;

/// Starts a child again that dies: at once the first time, more slowly while it keeps dying.
final class Restarts {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    /// Within 30 s of its death a child is to be back: this pause and the 10 s that a service needs to start.
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /// Who lived so long died of something new.
    private static final Duration GOOD_LIFE = Duration.ofSeconds(60);

    /// Exit codes from here on tell a signal: whoever is killed from outside has no fault that a pause would cure.
    private static final int SIGNALLED = 128;

    private final Children children;
    private final Progress progress;
    private volatile boolean ended;

    Restarts(Children children, Progress progress) {
        this.children = children;
        this.progress = progress;
    }

    void watch(Program program, Process process) {
        Thread.ofVirtual().name("watch " + program.name()).start(() -> keepAlive(program, process));
    }

    /// From here on a death is not answered.
    void end() {
        ended = true;
    }

    private void keepAlive(Program program, Process first) {
        var process = first;
        var pause = FIRST_PAUSE;
        while (true) {
            var born = System.nanoTime();
            var exitCode = process.onExit().join().exitValue();
            if (ended) {
                return;
            }
            var innocent = exitCode > SIGNALLED || System.nanoTime() - born > GOOD_LIFE.toNanos();
            pause = innocent ? FIRST_PAUSE : pause;
            progress.say("%s ended with exit code %d, starts again in %.1f s"
                    .formatted(program.name(), exitCode, pause.toMillis() / 1000.0));
            Pause.sleep(pause);
            if (ended) {
                return;
            }
            process = startAgain(program);
            pause = longer(pause);
        }
    }

    private Process startAgain(Program program) {
        while (true) {
            try {
                return children.start(program);
            } catch (Obstacle e) {
                progress.say(e.line());
                Pause.sleep(LONGEST_PAUSE);
            }
        }
    }

    private static Duration longer(Duration pause) {
        var twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }
}
