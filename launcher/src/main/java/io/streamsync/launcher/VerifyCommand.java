package io.streamsync.launcher;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.market.Composition;
import io.streamsync.launcher.process.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// Hands over to the verifier, which knows nothing of this installation but a URL; by default that of the market here.
/// Its exit codes: 0 everything fits, 1 something does not, 2 it could not be checked.
@Command(name = "verify")
final class VerifyCommand implements Callable<Integer> {

    private static final int NOT_CHECKED = 2;
    private static final String URL = "--url";

    /// It replays thousands of races one by one.
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xmx512m");

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        try {
            return run(command());
        } catch (Obstacle e) {
            System.err.println("streamsync: " + e.line());
            return NOT_CHECKED;
        }
    }

    private List<String> command() {
        var jar = Path.of(System.getProperty("streamsync.root", "."), "verifier", "target", "verifier.jar");
        if (!Files.exists(jar)) {
            throw new Obstacle(jar + " is not there: build with ./mvnw -B -Dquick -pl verifier -am package");
        }
        var command = new ArrayList<>(JavaCommand.jar(jar, FLAGS));
        command.addAll(arguments);
        if (arguments.stream().noneMatch(argument -> argument.equals(URL) || argument.startsWith(URL + "="))) {
            command.addAll(List.of(URL, urlOfTheMarketHere()));
        }
        return command;
    }

    private static String urlOfTheMarketHere() {
        var installation = Installation.of(System.getenv());
        return Composition.read(installation)
                .map(Composition::url)
                .orElseThrow(() -> new Obstacle(
                        "nothing runs in " + installation.home() + ": name a market with --url http://HOST:PORT"));
    }

    private static int run(List<String> command) {
        try {
            return new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new Obstacle("cannot start the verifier: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Obstacle("interrupted", e);
        }
    }
}
