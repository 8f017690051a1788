package io.streamsync.verifier;

import io.streamsync.verifier.finding.Plain;
import io.streamsync.verifier.publication.HttpPublication;
import io.streamsync.verifier.publication.NotCheckableException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The command: verifies one epoch of a market from what it publishes.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Verifies an epoch of a market from what is published of it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything fits", "1:something does not", "2:could not be checked"})
public final class Verify implements Callable<Integer> {

    private static final int FITS = 0;
    private static final int DOES_NOT_FIT = 1;
    private static final int NOT_CHECKABLE = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--epoch", required = true, description = "The epoch's number.")
    private long epoch;

    @Option(names = "--url", required = true, description = "The market, such as http://127.0.0.1:8080.")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--json", description = "For programs.")
    private boolean json;

    @Option(
            names = "--receipts",
            description = "A line of JSON per race of this epoch: {\"raceId\",\"price\",…}, see docs/verification.md.")
    private @Nullable Path receipts;

    @Option(names = "--key", description = "The key that has to have signed, 64 hex digits.")
    private @Nullable String key;

    @Option(
            names = "--timeout",
            defaultValue = "30",
            description = "Seconds to wait for each answer (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(
            names = "--within",
            defaultValue = "3600",
            description = "Seconds to wait for all of them (default: ${DEFAULT-VALUE}).")
    private int within;

    public static void main(String... arguments) {
        System.exit(run(arguments));
    }

    /// An error of the machine, or of its Java, would end with 1, which says that something does not fit.
    static int run(String... arguments) {
        try {
            return command().execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError e) {
            System.err.println("What is published takes more memory than there is: " + e);
            return NOT_CHECKABLE;
        } catch (Error e) {
            System.err.println("The verifier does not run here: " + e);
            return NOT_CHECKABLE;
        }
    }

    static CommandLine command() {
        return new CommandLine(new Verify()).setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr()
                    .println(Plain.of(failure.getMessage() == null ? failure.toString() : failure.getMessage()));
            return NOT_CHECKABLE;
        });
    }

    @Override
    public Integer call() {
        var verifier = new EpochVerifier(
                new HttpPublication(
                        url, Duration.ofSeconds(Math.max(1, timeout)), Duration.ofSeconds(Math.max(1, within))),
                InstantSource.system(),
                key());
        var report = verifier.verify(epoch, receipts == null ? List.of() : Receipts.read(receipts));
        var out = spec.commandLine().getOut();
        out.println(json ? ReportJson.of(report) : ReportText.of(report));
        out.flush();
        if (!report.fits()) {
            return DOES_NOT_FIT;
        }
        return report.isComplete() ? FITS : NOT_CHECKABLE;
    }

    private Optional<String> key() {
        if (key == null) {
            return Optional.empty();
        }
        var digits = key.toLowerCase(Locale.ROOT);
        if (!digits.matches("[0-9a-f]{64}")) {
            throw new NotCheckableException("--key is 64 hex digits.");
        }
        return Optional.of(digits);
    }
}
