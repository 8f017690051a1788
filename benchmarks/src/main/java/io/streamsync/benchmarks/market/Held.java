package io.streamsync.benchmarks.market;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Processes that stand still for a while.
public record Held(List<Long> pids) implements AutoCloseable {

    static Held stop(List<Long> pids) {
        signal("-STOP", pids);
        return new Held(pids);
    }

    @Override
    public void close() {
        signal("-CONT", pids);
    }

    private static void signal(String signal, List<Long> pids) {
        var command = new ArrayList<>(List.of("kill", signal));
        pids.forEach(pid -> command.add(Long.toString(pid)));
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
