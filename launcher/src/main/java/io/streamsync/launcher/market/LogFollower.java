package io.streamsync.launcher.market;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Copies what a supervisor writes into its log to the terminal: obstacles to the error stream, the rest to the output.
final class LogFollower {

    /// With this the launcher begins an obstacle's line.
    static final String OBSTACLE = "streamsync: ";

    /// With this it quotes a log.
    static final String QUOTE = "  | ";

    private final Path file;
    private @Nullable RandomAccessFile open;
    private long position;

    LogFollower(Path file) {
        this.file = file;
    }

    /// What is there already has been read by somebody else.
    synchronized void skipToEnd() {
        position = file.toFile().length();
    }

    /// Stays with the file that it first found, also when a later start puts that aside.
    synchronized void copyNewLines() {
        try {
            var log = open == null ? new RandomAccessFile(file.toFile(), "r") : open;
            open = log;
            log.seek(position);
            var bytes = new byte[(int) (log.length() - position)];
            log.readFully(bytes);
            var whole = lastLineEnd(bytes);
            position += whole;
            new String(bytes, 0, whole, StandardCharsets.UTF_8).lines().forEach(LogFollower::print);
        } catch (IOException notThereYet) {
            // Looked at again with the next poll.
        }
    }

    private static int lastLineEnd(byte[] bytes) {
        var end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static void print(String line) {
        var stream = line.startsWith(OBSTACLE) || line.startsWith(QUOTE) ? System.err : System.out;
        stream.println(line);
    }
}
