package io.streamsync.launcher.market;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.process.Detached;
import io.streamsync.launcher.process.JavaCommand;
import io.streamsync.launcher.process.LogFile;
import io.streamsync.launcher.process.Pause;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The supervisor as a process of its own that outlives the command, seen from that command.
public final class SupervisorProcess {

    private static final Duration POLL = Duration.ofMillis(100);

    /// It waits most of the time; Kafka's admin client is its largest part.
    private static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx64m", "-Xss512k");

    private final Installation installation;
    private final Process process;
    private final LogFollower log;

    private SupervisorProcess(Installation installation, Process process, LogFollower log) {
        this.installation = installation;
        this.process = process;
        this.log = log;
    }

    /// @param mainClass whose command `supervise` is the supervisor
    /// @param environment on top of this process's own
    /// @throws Obstacle when another one is at work here
    public static SupervisorProcess start(
            Installation installation, Composition composition, Class<?> mainClass, Map<String, String> environment) {
        if (RunState.of(installation) == RunState.NOT_READY) {
            throw InstallationLock.held(installation);
        }
        var file = new LogFile(installation.log(Supervisor.NAME));
        file.begin();
        var flags = new ArrayList<>(FLAGS);
        flags.add("-Dstreamsync.root=" + System.getProperty("streamsync.root"));
        var arguments = List.of(
                "supervise",
                "--port-base",
                Integer.toString(composition.portBase()),
                "--routers",
                Integer.toString(composition.routers()));
        var command = JavaCommand.main(mainClass.getName(), flags, arguments);
        try {
            var builder = new ProcessBuilder(Detached.command(command))
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectOutput(Redirect.appendTo(file.path().toFile()))
                    .redirectErrorStream(true);
            builder.environment().putAll(environment);
            return new SupervisorProcess(installation, builder.start(), new LogFollower(file.path()));
        } catch (IOException e) {
            throw new Obstacle("cannot start the supervisor: " + e.getMessage(), e);
        }
    }

    /// Prints what the supervisor says until the market is ready.
    ///
    /// @return whether it became ready
    public boolean followUntilReady() {
        while (process.isAlive()) {
            log.copyNewLines();
            if (RunState.of(installation) == RunState.READY) {
                log.copyNewLines();
                return true;
            }
            Pause.sleep(POLL);
        }
        log.copyNewLines();
        return false;
    }

    /// Stops the market and prints how, until the supervisor has ended.
    public void stop() {
        process.destroy();
        while (process.isAlive()) {
            log.copyNewLines();
            Pause.sleep(POLL);
        }
        log.copyNewLines();
    }

    public boolean isAlive() {
        return process.isAlive();
    }
}
