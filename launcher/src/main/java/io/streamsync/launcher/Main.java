package io.streamsync.launcher;

import io.streamsync.launcher.installation.Obstacle;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `./streamsync COMMAND`, once the script has found a JDK and built what was missing.
@Command(
        name = "streamsync",
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            DownCommand.class,
            StatusCommand.class,
            VerifyCommand.class,
            ReconcileCommand.class,
            SuperviseCommand.class,
            TopicsCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((exception, _, _) -> explain(exception))
                .execute(arguments);
    }

    /// One line for the person; a stack trace only where the launcher itself is at fault.
    private static int explain(Exception exception) {
        var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        switch (exception) {
            case Obstacle obstacle -> err.println("streamsync: " + obstacle.line());
            case UncheckedIOException failed -> err.println("streamsync: " + failed.getCause());
            default -> {
                err.println("streamsync: " + exception);
                exception.printStackTrace(err);
            }
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
