package io.streamsync.router.epoch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Secrets on the disk, a file of 32 bytes each: what is promised must be revealed, also after a crash.
final class SecretFiles {

    private static final Pattern NAME = Pattern.compile("(\\d{5})-(\\d{1,15})\\.secret");

    private final Path directory;

    private SecretFiles(Path directory) {
        this.directory = directory;
    }

    static SecretFiles in(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        return new SecretFiles(directory);
    }

    /// Returns when the secret would survive the loss of power.
    void write(OwnSecret secret) throws IOException {
        try (var file = FileChannel.open(
                        path(secret),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                var names = FileChannel.open(directory, StandardOpenOption.READ)) {
            for (var bytes = ByteBuffer.wrap(secret.bytes()); bytes.hasRemaining(); ) {
                file.write(bytes);
            }
            file.force(true);
            names.force(true);
        }
    }

    /// All secrets there. One that is cut short was never promised.
    List<OwnSecret> read() throws IOException {
        try (var files = Files.list(directory)) {
            return files.flatMap(file -> read(file).stream()).toList();
        }
    }

    void delete(OwnSecret secret) {
        try {
            Files.deleteIfExists(path(secret));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path path(OwnSecret secret) {
        return directory.resolve("%05d-%d.secret".formatted(secret.incarnation(), secret.epoch()));
    }

    private static Optional<OwnSecret> read(Path file) {
        var name = NAME.matcher(file.getFileName().toString());
        try {
            var bytes = name.matches() ? Files.readAllBytes(file) : new byte[0];
            return bytes.length == OwnSecret.BYTES
                    ? Optional.of(
                            OwnSecret.promised(Integer.parseInt(name.group(1)), Long.parseLong(name.group(2)), bytes))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
