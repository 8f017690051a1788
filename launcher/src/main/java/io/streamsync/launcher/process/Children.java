package io.streamsync.launcher.process;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;

/// Starts child processes, each with its log and the file that names it; none any more once the stop has begun.
public final class Children {

    private final Installation installation;
    private final RunFiles runFiles;
    private final List<Process> started = new ArrayList<>();
    private boolean closed;

    public Children(Installation installation) {
        this.installation = installation;
        runFiles = new RunFiles(installation);
    }

    /// @throws Obstacle when the operating system refuses
    public synchronized Process start(Program program) {
        if (closed) {
            throw new Obstacle("the market is being stopped");
        }
        var log = installation.log(program.name()).toFile();
        var builder = new ProcessBuilder(program.command())
                .directory(installation.home().toFile())
                .redirectInput(Redirect.from(new File("/dev/null")))
                .redirectOutput(Redirect.appendTo(log))
                .redirectErrorStream(true);
        builder.environment().putAll(program.environment());
        try {
            var process = builder.start();
            started.add(process);
            ProcessIdentity.of(process.pid()).ifPresent(identity -> runFiles.write(program.name(), identity));
            return process;
        } catch (IOException e) {
            throw new Obstacle("cannot start " + program.name() + ": " + e.getMessage(), e);
        }
    }

    public synchronized void close() {
        closed = true;
    }

    /// What an orderly stop did not find, because somebody deleted the run files.
    public synchronized void killTheRest() {
        started.forEach(Process::destroyForcibly);
    }
}
