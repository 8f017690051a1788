package io.streamsync.launcher;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Ports;
import io.streamsync.launcher.installation.Settings;
import io.streamsync.launcher.market.Composition;
import picocli.CommandLine.Option;

/// The options of every command that starts a market, together with what the environment says.
final class MarketOptions {

    @Option(
            names = "--routers",
            paramLabel = "N",
            defaultValue = "1",
            description = "query-routers to run side by side (default: ${DEFAULT-VALUE})")
    private int routers;

    @Option(
            names = "--port-base",
            paramLabel = "B",
            defaultValue = "" + Ports.DEFAULT_BASE,
            description = "first port of all but the edge (default: ${DEFAULT-VALUE})")
    private int portBase;

    Installation installation() {
        return Installation.of(System.getenv());
    }

    Settings settings() {
        return Settings.of(System.getenv());
    }

    /// @throws Obstacle when an option or variable makes no sense
    Composition composition() {
        if (routers < 1 || routers > Ports.MOST_ROUTERS) {
            throw new Obstacle("--routers must lie between 1 and " + Ports.MOST_ROUTERS + ", it is " + routers);
        }
        var settings = settings();
        var ports = new Ports(portBase, settings.edgePort());
        return new Composition(ports.base(), ports.edge(), routers, settings.phase());
    }
}
