package io.streamsync.router.access;

import io.streamsync.router.access.LeaseAnswer.Grant;
import io.streamsync.router.access.LeaseAnswer.LiveRouter;
import io.streamsync.router.access.LeaseAnswer.Outcome;
import io.streamsync.router.journal.Journals;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.Publications;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/// Prints what credit costs a query here: what is left, a reservation, its fee settled. Not a test: its figures are the
/// machine's.
public final class LeaseMeasurement {

    private static final int QUERIES = 5_000_000;
    private static final long ASK = 1_000;

    private LeaseMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        try (var journal = Journals.open(Files.createTempDirectory("lease"), 1)) {
            var keeper = new LeaseKeeper(
                    new Generous(),
                    journal.incarnation(),
                    Publications.marks(journal),
                    new RateShares(),
                    new RouterLog(),
                    System::nanoTime);
            var leases = new CreditLeases(keeper, new ClosedLeases(journal), System::nanoTime);
            for (var round = 0; round < 5; round++) {
                var state = leases.lease("alice", ASK, ASK);
                keeper.turn();
                state.toCompletableFuture().join();
                measure(leases, keeper);
            }
        }
    }

    private static void measure(CreditLeases leases, LeaseKeeper keeper) {
        var cpu = cpu();
        var sold = 0;
        for (var query = 0; query < QUERIES; query++) {
            if (leases.remaining("alice") >= ASK) {
                var reservation = leases.reserve("alice", ASK);
                if (reservation != null) {
                    reservation.settle(ASK);
                    sold++;
                }
            }
            if ((query & 0xfff) == 0) {
                keeper.turn();
            }
        }
        System.out.printf(
                "MEASURED %d of %d sold, %.0f ns CPU a query%n", sold, QUERIES, (cpu() - cpu) / (double) QUERIES);
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /// Billing that has plenty.
    private static final class Generous implements CreditCalls {

        private final UUID lease = UUID.randomUUID();
        private final AtomicLong granted = new AtomicLong();

        @Override
        public CompletionStage<LeaseAnswer> ask(LeaseCall call) {
            var grants = call.requests().stream()
                    .map(request -> new Grant(
                            request.requestId(),
                            request.accountId(),
                            Outcome.GRANTED,
                            lease,
                            granted.addAndGet(20_000 * ASK),
                            Long.MAX_VALUE / 2,
                            null,
                            null,
                            List.of()))
                    .toList();
            return CompletableFuture.completedFuture(
                    new LeaseAnswer(List.of(), 1, List.<LiveRouter>of(), null, grants, null));
        }

        @Override
        public void want(URI router, List<String> holders) {}
    }
}
