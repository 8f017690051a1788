package io.streamsync.router.market;

import io.streamsync.events.router.SnapshotTaken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Snapshots on the disk until Kafka has them. Races that name one are safe in the journal, and may be all that is
/// left of a router.
final class SnapshotFiles {

    private static final Pattern NAME = Pattern.compile("\\d{5}-\\d{13,19}-[0-9a-f]{64}\\.json");

    /// Behind the name while a file is being written.
    private static final String UNFINISHED = ".new";

    private final Path directory;
    private final JsonMapper json;

    private SnapshotFiles(Path directory, JsonMapper json) {
        this.directory = directory;
        this.json = json;
    }

    /// What a start that died was writing is deleted: it worked from none that was not written.
    static SnapshotFiles in(Path directory, JsonMapper json) throws IOException {
        Files.createDirectories(directory);
        var files = new SnapshotFiles(directory, json);
        files.deleteUnfinished();
        return files;
    }

    private void deleteUnfinished() throws IOException {
        try (var files = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (isName(name.substring(0, name.length() - UNFINISHED.length()))) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /// Returns when the snapshot would survive the loss of power. Whoever reads meanwhile finds it whole, or as it was.
    void write(SnapshotTaken taken) throws IOException {
        var name = name(taken);
        var written = directory.resolve(name + UNFINISHED);
        try (var file = FileChannel.open(
                        written,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING);
                var names = FileChannel.open(directory, StandardOpenOption.READ)) {
            for (var bytes = ByteBuffer.wrap(json.writeValueAsBytes(taken)); bytes.hasRemaining(); ) {
                file.write(bytes);
            }
            file.force(true);
            Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            names.force(true);
        }
    }

    void delete(SnapshotTaken taken) throws IOException {
        Files.deleteIfExists(directory.resolve(name(taken)));
    }

    /// The names of all that Kafka may not have, in the order in which they were taken.
    List<String> left() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(SnapshotFiles::isName)
                    .sorted()
                    .toList();
        }
    }

    /// Nothing when Kafka has it by now. One that is cut short no race has named: it is deleted.
    Optional<SnapshotTaken> read(String name) throws IOException {
        var file = directory.resolve(name);
        try {
            return Optional.of(json.readValue(Files.readAllBytes(file), SnapshotTaken.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException e) {
            Files.deleteIfExists(file);
            return Optional.empty();
        }
    }

    /// Of one naming: a market may come back to a snapshot.
    static String name(SnapshotTaken taken) {
        return "%05d-%013d-%s.json"
                .formatted(taken.incarnation(), taken.occurredAt().toEpochMilli(), taken.hash());
    }
}
