package io.streamsync.launcher;

import io.streamsync.launcher.demo.Demo;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The market in the foreground, with devnet's operators and a story told in real numbers.
@Command(name = "demo")
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private MarketOptions options = new MarketOptions();

    @Option(names = "--exit", description = "stop everything after the story; exit code 0 only when all of it held")
    private boolean exit;

    @Override
    public Integer call() {
        var installation = options.installation();
        var composition = options.composition();
        installation.prepare();
        var root = Path.of(System.getProperty("streamsync.root", "."));
        return new Demo(installation, composition, root).run(Main.class, exit) ? 0 : 1;
    }
}
