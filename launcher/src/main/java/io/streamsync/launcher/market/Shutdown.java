package io.streamsync.launcher.market;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.process.OrderlyStop;
import io.streamsync.launcher.process.Pause;
import io.streamsync.launcher.process.ProcessIdentity;
import io.streamsync.launcher.process.RunFiles;
import io.streamsync.launcher.process.Signals;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// `down`: asks whoever runs the market to stop it, and does it itself where nobody is left to ask.
public final class Shutdown {

    /// Names the process of a demo.
    public static final String DEMO = "demo";

    /// Longer than all stages of an orderly stop together.
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private static final Duration POLL = Duration.ofMillis(100);

    private final Installation installation;
    private final RunFiles runFiles;
    private final Consumer<String> progress;

    public Shutdown(Installation installation, Consumer<String> progress) {
        this.installation = installation;
        this.progress = progress;
        runFiles = new RunFiles(installation);
    }

    /// @return whether there was anything to stop
    public boolean run() {
        if (RunState.of(installation) == RunState.STOPPED) {
            return false;
        }
        for (var name : List.of(DEMO, Supervisor.NAME)) {
            runFiles.alive(name).ifPresent(process -> stop(name, process));
        }
        new OrderlyStop(installation, line -> progress.accept("  " + line)).run();
        Composition.remove(installation);
        return true;
    }

    private void stop(String name, ProcessIdentity process) {
        // Also where the demo is asked, it is the supervisor that stops the market and tells how.
        var log = new LogFollower(installation.log(Supervisor.NAME));
        log.skipToEnd();
        Signals.send("TERM", process);
        var started = System.nanoTime();
        while (process.isAlive() && System.nanoTime() - started < PATIENCE.toNanos()) {
            log.copyNewLines();
            Pause.sleep(POLL);
        }
        log.copyNewLines();
        Signals.send("KILL", process);
        runFiles.remove(name);
    }
}
