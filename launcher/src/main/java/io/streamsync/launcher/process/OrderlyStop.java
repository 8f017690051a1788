package io.streamsync.launcher.process;

import io.streamsync.launcher.installation.Installation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Stops everything that the run files name, stage by stage, and kills only what does not end in time.
/// Works on the files alone, so that it also cleans up after a supervisor that was killed.
public final class OrderlyStop {

    /// Not children of the market: they stop the market, or are stopped by their own command.
    private static final Set<String> NOT_CHILDREN = Set.of("supervisor", "demo");

    private static final Duration POLL = Duration.ofMillis(50);

    private final RunFiles runFiles;
    private final Consumer<String> progress;

    public OrderlyStop(Installation installation, Consumer<String> progress) {
        runFiles = new RunFiles(installation);
        this.progress = progress;
    }

    /// Names of the children that still run.
    public List<String> remaining() {
        return children().stream()
                .filter(name -> runFiles.alive(name).isPresent())
                .toList();
    }

    public void run() {
        var stages = children().stream().collect(Collectors.groupingBy(StopStage::of));
        for (var stage : StopStage.values()) {
            stop(stage, stages.getOrDefault(stage, List.of()));
        }
    }

    /// Stops one child that is no longer wanted.
    public void run(String name) {
        stop(StopStage.of(name), List.of(name));
    }

    private List<String> children() {
        return runFiles.names().stream()
                .filter(name -> !NOT_CHILDREN.contains(name))
                .toList();
    }

    private void stop(StopStage stage, List<String> names) {
        var started = System.nanoTime();
        var running = new LinkedHashMap<String, ProcessIdentity>();
        names.forEach(name -> runFiles.alive(name).ifPresent(process -> running.put(name, process)));
        running.values().forEach(process -> Signals.send(stage.signal(), process));
        var devnet = stage == StopStage.DEVNET ? running.size() : 0;
        awaitEnd(stage, running, started);
        if (devnet > 0) {
            tellStopped("devnet, %d processes".formatted(devnet), started);
        }
        names.forEach(runFiles::remove);
    }

    private void awaitEnd(StopStage stage, Map<String, ProcessIdentity> running, long started) {
        while (!running.isEmpty()) {
            running.entrySet().removeIf(entry -> hasEnded(stage, entry.getKey(), entry.getValue(), started));
            if (System.nanoTime() - started > stage.grace().toNanos()) {
                running.forEach(this::kill);
                return;
            }
            Pause.sleep(running.isEmpty() ? Duration.ZERO : POLL);
        }
    }

    private boolean hasEnded(StopStage stage, String name, ProcessIdentity process, long started) {
        if (process.isAlive()) {
            return false;
        }
        if (stage != StopStage.DEVNET) {
            tellStopped(name, started);
        }
        return true;
    }

    private void tellStopped(String what, long started) {
        progress.accept("stopped %-26s %5.1f s".formatted(what, (System.nanoTime() - started) / 1e9));
    }

    private void kill(String name, ProcessIdentity process) {
        Signals.send("KILL", process);
        progress.accept("killed  %-26s it did not end in time".formatted(name));
    }
}
