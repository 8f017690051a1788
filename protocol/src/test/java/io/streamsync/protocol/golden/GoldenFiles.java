package io.streamsync.protocol.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the golden files lie. `-Dgolden.write=true` writes them anew, for a change that is meant.
final class GoldenFiles {

    static final boolean WRITE = Boolean.getBoolean("golden.write");

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private GoldenFiles() {}

    static byte[] read(String name) {
        try {
            return Files.readAllBytes(FOLDER.resolve(name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static void write(String name, byte[] bytes) {
        try {
            Files.createDirectories(FOLDER);
            Files.write(FOLDER.resolve(name), bytes);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
