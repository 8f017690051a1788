package io.streamsync.launcher.market;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.process.RunFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How far a market is, as its files tell any other process.
public enum RunState {
    /// No supervisor and no child.
    STOPPED,
    /// A supervisor is at work, not everything is healthy yet.
    NOT_READY,
    READY,
    /// Children without a supervisor: it was killed.
    ORPHANED;

    public static RunState of(Installation installation) {
        var runFiles = new RunFiles(installation);
        if (runFiles.alive(Supervisor.NAME).isPresent()) {
            return Files.exists(mark(installation.run())) ? READY : NOT_READY;
        }
        var anybody =
                runFiles.names().stream().anyMatch(name -> runFiles.alive(name).isPresent());
        return anybody ? ORPHANED : STOPPED;
    }

    void mark(Installation installation) {
        try {
            Files.deleteIfExists(mark(installation.run()));
            if (this == READY) {
                Files.createFile(mark(installation.run()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path mark(Path run) {
        return run.resolve("ready");
    }
}
