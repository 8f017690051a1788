package io.streamsync.launcher;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.market.Shutdown;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Stops the market in order, also one whose supervisor was killed.
@Command(name = "down")
final class DownCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        var installation = Installation.of(System.getenv());
        var stopped = new Shutdown(installation, System.out::println).run();
        System.out.println((stopped ? "stopped: " : "nothing runs in ") + installation.home());
        return 0;
    }
}
