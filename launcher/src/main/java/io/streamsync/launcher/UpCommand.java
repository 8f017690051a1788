package io.streamsync.launcher;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.market.Composition;
import io.streamsync.launcher.market.Foreground;
import io.streamsync.launcher.market.RunState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Starts the market and returns once everything is healthy; a supervisor stays behind.
@Command(name = "up")
final class UpCommand implements Callable<Integer> {

    @Mixin
    private MarketOptions options = new MarketOptions();

    @Override
    public Integer call() {
        var installation = options.installation();
        var composition = options.composition();
        installation.prepare();
        if (RunState.of(installation) == RunState.READY) {
            System.out.println("a market runs here already: " + runningUrl(installation, composition));
            return 0;
        }
        return Foreground.start(installation, composition, Main.class).isPresent() ? 0 : 1;
    }

    private static String runningUrl(Installation installation, Composition otherwise) {
        return Composition.read(installation).orElse(otherwise).url() + " (" + installation.home() + ")";
    }
}
