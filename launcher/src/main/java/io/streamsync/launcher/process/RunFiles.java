package io.streamsync.launcher.process;

import io.streamsync.launcher.installation.Installation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/// Which processes an installation has, written down so that any later command finds them, whoever died meanwhile.
public final class RunFiles {

    private static final String SUFFIX = ".pid";

    private final Path directory;

    public RunFiles(Installation installation) {
        directory = installation.run();
    }

    public void write(String name, ProcessIdentity process) {
        try {
            var next = directory.resolve(name + SUFFIX + ".new");
            Files.writeString(next, process.pid() + " " + process.birth() + "\n");
            Files.move(next, file(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void remove(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The process of that name if it still runs; never another one that got its pid.
    public Optional<ProcessIdentity> alive(String name) {
        try {
            var words = Files.readString(file(name)).strip().split(" ", 2);
            return Optional.of(new ProcessIdentity(Long.parseLong(words[0]), words[1]))
                    .filter(ProcessIdentity::isAlive);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException damaged) {
            return Optional.empty();
        }
    }

    /// The names of all that was started and not yet stopped in order, dead or alive.
    public List<String> names() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(SUFFIX))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String name) {
        return directory.resolve(name + SUFFIX);
    }
}
