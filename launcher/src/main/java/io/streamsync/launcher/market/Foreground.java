package io.streamsync.launcher.market;

import io.streamsync.launcher.installation.Installation;
import java.util.Map;
import java.util.Optional;

/// A start that somebody watches: Ctrl-C before the market is ready stops what has been started.
public final class Foreground {

    private Foreground() {}

    /// @return the supervisor once the market is ready, or nothing when it said why it cannot start
    public static Optional<SupervisorProcess> start(
            Installation installation, Composition composition, Class<?> mainClass) {
        var supervisor = SupervisorProcess.start(installation, composition, mainClass, Map.of());
        var interruption = new Thread(supervisor::stop);
        Runtime.getRuntime().addShutdownHook(interruption);
        var ready = supervisor.followUntilReady();
        try {
            Runtime.getRuntime().removeShutdownHook(interruption);
        } catch (IllegalStateException interrupted) {
            return Optional.empty();
        }
        return ready ? Optional.of(supervisor) : Optional.empty();
    }
}
