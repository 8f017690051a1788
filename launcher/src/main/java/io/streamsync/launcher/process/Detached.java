package io.streamsync.launcher.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A command in a session of its own: Ctrl-C in the terminal stops the market in order, not all its processes at once.
public final class Detached {

    private Detached() {}

    /// The same command, detached without changing its pid.
    public static List<String> command(List<String> command) {
        var detached = new ArrayList<>(prefix());
        detached.addAll(command);
        return detached;
    }

    private static List<String> prefix() {
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            return List.of("/usr/bin/setsid");
        }
        // macOS has no setsid program, but perl.
        if (Files.isExecutable(Path.of("/usr/bin/perl"))) {
            return List.of("/usr/bin/perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or die");
        }
        return List.of();
    }
}
