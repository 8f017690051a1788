package io.streamsync.billing.settlement;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file with a secret that its owner alone may read. Made whole or not at all, and by one of several starts.
final class KeyFile {

    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);

    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rwx------");

    private KeyFile() {}

    /// @param text of the file where there is none yet
    /// @return what is in the file
    /// @throws IllegalStateException when others may read it, and this process cannot change that
    static String readOrMake(Path path, Supplier<String> text) throws IOException {
        var file = path.toAbsolutePath();
        if (Files.notExists(file)) {
            make(file, text.get());
        } else if (isPosix(file) && Files.isRegularFile(file)) {
            closeToOthers(file);
        }
        return Files.readString(file);
    }

    private static void closeToOthers(Path file) throws IOException {
        var open = Files.getPosixFilePermissions(file);
        var owners = new HashSet<>(open);
        owners.retainAll(OWNER);
        if (owners.size() < open.size()) {
            var permissions = PosixFilePermissions.toString(open);
            try {
                Files.setPosixFilePermissions(file, owners);
            } catch (IOException e) {
                throw new IllegalStateException(
                        "STREAMSYNC_SETTLEMENT_KEY names a file that others may use (" + permissions
                                + "), and its mode cannot be changed from here: make it 0600: " + file,
                        e);
            }
            log.atWarn()
                    .setMessage("others could use the settlement key; its file is closed to them now")
                    .addKeyValue("file", file)
                    .addKeyValue("permissions", permissions)
                    .log();
        }
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
        return isPosix(folder)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
