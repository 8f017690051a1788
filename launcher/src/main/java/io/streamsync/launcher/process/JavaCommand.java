package io.streamsync.launcher.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Command lines for child JVMs, on the JDK that this one runs on.
public final class JavaCommand {

    private JavaCommand() {}

    public static List<String> jar(Path jar, List<String> flags) {
        var command = command(flags);
        command.add("-jar");
        command.add(jar.toString());
        return command;
    }

    /// A main class among the launcher's own libraries.
    public static List<String> main(String mainClass, List<String> flags, List<String> arguments) {
        var command = command(flags);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    private static List<String> command(List<String> flags) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        return command;
    }
}
