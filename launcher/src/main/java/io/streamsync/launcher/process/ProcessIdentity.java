package io.streamsync.launcher.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One process, once and for all: a pid is used again after it has ended, a pid with its birth is not.
///
/// @param birth on Linux the boot and the clock tick of the start, which no change of the clock moves; elsewhere the
///     start time
public record ProcessIdentity(long pid, String birth) {

    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT = PROC.resolve("sys/kernel/random/boot_id");

    /// After the name in `/proc/PID/stat`: the state is the first field, the start the twentieth (proc(5)).
    private static final int STATE = 0;

    private static final int START = 19;

    /// The process with this pid now; none when it has ended, also when nobody has collected it yet.
    public static Optional<ProcessIdentity> of(long pid) {
        return Files.exists(BOOT) ? onLinux(pid) : elsewhere(pid);
    }

    public static ProcessIdentity current() {
        return of(ProcessHandle.current().pid()).orElseThrow();
    }

    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    private static Optional<ProcessIdentity> onLinux(long pid) {
        try {
            var stat = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            var ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
            var birth = Files.readString(BOOT).strip() + "/" + fields[START];
            return ended ? Optional.empty() : Optional.of(new ProcessIdentity(pid, birth));
        } catch (IOException goneMeanwhile) {
            return Optional.empty();
        }
    }

    private static Optional<ProcessIdentity> elsewhere(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(handle -> handle.info().startInstant())
                .map(start -> new ProcessIdentity(pid, start.toString()));
    }
}
