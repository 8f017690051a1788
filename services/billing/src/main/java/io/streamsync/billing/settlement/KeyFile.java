package io.streamsync.billing.settlement;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.Supplier;

/// A file with a secret that its owner alone may read. Made whole or not at all, and by one of several starts.
final class KeyFile {

    private KeyFile() {}

    /// @param text of the file where there is none yet
    /// @return what is in the file
    static String readOrMake(Path path, Supplier<String> text) throws IOException {
        var file = path.toAbsolutePath();
        if (Files.notExists(file)) {
            make(file, text.get());
        }
        return Files.readString(file);
    }

    private static void make(Path file, String text) throws IOException {
        var folder = Files.createDirectories(file.getParent());
        var whole = Files.createTempFile(folder, "." + file.getFileName(), ".new", ownersAlone(folder));
        try {
            Files.writeString(whole, text);
            try (var written = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            Files.createLink(file, whole); // unlike a move, it never replaces what another start has made
        } catch (FileAlreadyExistsException _) {
            // another start was faster: its key counts
        } finally {
            Files.delete(whole);
        }
        try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static FileAttribute<?>[] ownersAlone(Path folder) {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------")))
                }
                : new FileAttribute<?>[0];
    }
}
