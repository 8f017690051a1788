package io.streamsync.billing.reconciliation;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/// Runs all checks on one snapshot of the database: what is posted meanwhile is not seen by half of them.
@Component
class Reconciling {

    /// The lock's key: "recon" in ASCII. Two runs would remember the same positions.
    private static final long LOCK = 0x7265636f6eL;

    private final JdbcClient jdbc;
    private final StreamChecks streams;
    private final BookChecks books;
    private final StakersCheck stakers;
    private final TransferChecks transfers;
    private final RootChecks roots;
    private final ClockCheck clocks;
    private final Reconciliations reconciliations;
    private final InstantSource clock;

    Reconciling(
            JdbcClient jdbc,
            StreamChecks streams,
            BookChecks books,
            StakersCheck stakers,
            TransferChecks transfers,
            RootChecks roots,
            ClockCheck clocks,
            Reconciliations reconciliations,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.streams = streams;
        this.books = books;
        this.stakers = stakers;
        this.transfers = transfers;
        this.roots = roots;
        this.clocks = clocks;
        this.reconciliations = reconciliations;
        this.clock = clock;
    }

    /// @throws Refusal while another run is on
    @Transactional(isolation = Isolation.REPEATABLE_READ)
    public Reconciliation run() {
        if (!jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single()) {
            throw new Refusal(ProblemCode.UNAVAILABLE, "A reconciliation is running. Ask again in a few seconds.");
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as the database keeps it
        var checks = new ArrayList<>(streams.checks(now));
        checks.addAll(books.checks());
        checks.add(stakers.check());
        checks.addAll(transfers.checks());
        checks.add(roots.check());
        checks.add(clocks.check());
        var run = Reconciliation.of(now, checks);
        reconciliations.add(run);
        return run;
    }
}
