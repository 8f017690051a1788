package io.streamsync.launcher.process;

import java.util.List;
import java.util.Map;

/// What to run under which name: the name is also that of its log and of the file that names its process.
///
/// @param environment on top of the launcher's own
public record Program(String name, List<String> command, Map<String, String> environment) {

    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
