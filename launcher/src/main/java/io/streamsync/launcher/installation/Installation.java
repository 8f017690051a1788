package io.streamsync.launcher.installation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The directory of one installation: data, logs, secrets and the files that name its processes.
public record Installation(Path home) {

    /// PostgreSQL's binaries and empty cluster take 120 MB, Kafka's first segments and the journals most of the rest.
    private static final long ROOM_TO_START = 400L * 1024 * 1024;

    /// Logs name accounts, run files and the demo's file name keys.
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /// `STREAMSYNC_HOME`, by default `.streamsync` in the current directory.
    public static Installation of(Map<String, String> environment) {
        var home = environment.getOrDefault("STREAMSYNC_HOME", "");
        return new Installation(
                Path.of(home.isBlank() ? ".streamsync" : home).toAbsolutePath().normalize());
    }

    public Path logs() {
        return home.resolve("logs");
    }

    public Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /// Files that name what runs; empty when nothing does.
    public Path run() {
        return home.resolve("run");
    }

    public Path lock() {
        return home.resolve("lock");
    }

    public Path secrets() {
        return home.resolve("secrets");
    }

    /// The key that billing signs settlements with.
    public Path settlementKey() {
        return home.resolve("settlement-key.pem");
    }

    public Path postgres() {
        return home.resolve("postgres");
    }

    public Path kafka() {
        return home.resolve("kafka");
    }

    public Path devnet() {
        return home.resolve("devnet");
    }

    public Path demoFile() {
        return home.resolve("demo.json");
    }

    /// A router's journal and epoch secrets.
    public Path router(String name) {
        return home.resolve(name);
    }

    /// Creates the directories, for their owner alone, and finds out now, not in the middle of a start, whether they
    /// can be written.
    ///
    /// @throws Obstacle when they cannot, or the disk is nearly full
    public void prepare() {
        try {
            for (var directory : List.of(home, logs(), run())) {
                Files.setPosixFilePermissions(Files.createDirectories(directory), OWNER_ONLY);
            }
            Files.delete(Files.createTempFile(home, "writable", null));
        } catch (FileAlreadyExistsException e) {
            throw new Obstacle("cannot use " + home + ": " + e.getFile() + " is not a directory", e);
        } catch (FileSystemException e) {
            throw new Obstacle("cannot write to " + home + ": " + reason(e), e);
        } catch (IOException e) {
            throw new Obstacle("cannot write to " + home + ": " + e.getMessage(), e);
        }
        checkRoom();
    }

    private void checkRoom() {
        try {
            var room = Files.getFileStore(home).getUsableSpace();
            if (room < ROOM_TO_START) {
                throw new Obstacle("the disk of " + home + " has " + megabytes(room) + " MB left, a market needs "
                        + megabytes(ROOM_TO_START) + " MB to start");
            }
        } catch (IOException e) {
            throw new Obstacle("cannot tell how much room " + home + " has: " + e.getMessage(), e);
        }
    }

    private static long megabytes(long bytes) {
        return bytes / (1024 * 1024);
    }

    private static String reason(FileSystemException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            default -> e.getReason() == null ? e.toString() : e.getReason();
        };
    }
}
