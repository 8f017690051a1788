package io.streamsync.launcher;

import io.streamsync.launcher.market.Progress;
import io.streamsync.launcher.market.Supervisor;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The supervisor itself, started by `up` and `demo` as a process of its own.
@Command(name = "supervise", hidden = true)
final class SuperviseCommand implements Callable<Integer> {

    @Mixin
    private MarketOptions options = new MarketOptions();

    @Override
    public Integer call() {
        var root = Path.of(System.getProperty("streamsync.root", "."));
        var supervisor = new Supervisor(
                options.installation(), options.composition(), options.settings(), root, new Progress(System.out));
        Runtime.getRuntime().addShutdownHook(new Thread(supervisor::stop));
        supervisor.run();
        return 0;
    }
}
