package io.streamsync.launcher;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Secrets;
import io.streamsync.launcher.market.Composition;
import io.streamsync.launcher.market.Reconciliation;
import io.streamsync.launcher.market.RunState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Has billing hold its books against everything that they were made from, now. Exit codes: 0 all of it fits,
/// 1 something does not, 2 billing could not say, 3 nothing runs.
@Command(name = "reconcile")
final class ReconcileCommand implements Callable<Integer> {

    private static final int FITS_NOT = 1;
    private static final int NOT_CHECKED = 2;
    private static final int NOTHING_RUNS = 3;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Option(names = "--json")
    private boolean json;

    @Override
    public Integer call() {
        var installation = Installation.of(System.getenv());
        var composition = Composition.read(installation);
        if (RunState.of(installation) == RunState.STOPPED || composition.isEmpty()) {
            System.err.println("nothing runs in " + installation.home());
            return NOTHING_RUNS;
        }
        try {
            var found = Reconciliation.now(composition.get().ports(), Secrets.of(installation));
            System.out.println(json ? JSON.writeValueAsString(found.answer()) : forPeople(found));
            return found.fits() ? 0 : FITS_NOT;
        } catch (Obstacle e) {
            System.err.println("streamsync: " + e.line());
            return NOT_CHECKED;
        }
    }

    private static String forPeople(Reconciliation found) {
        var text = new StringBuilder();
        found.checks()
                .forEach(check -> text.append(
                        check.fits()
                                ? "  fits     %s%n".formatted(check.name())
                                : "  DIFFERS  %s: %s%n".formatted(check.name(), check.why())));
        return text.append(found.fits() ? "everything fits" : "something does not fit: see the alerts in billing's log")
                .toString();
    }
}
