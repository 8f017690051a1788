package io.streamsync.billing.settlement;

import io.streamsync.billing.archive.Horizon;
import io.streamsync.billing.epoch.EpochDraws;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Looks again and again what lies behind the archive's horizon. Nothing is dropped that is not sealed.
@Component
class Dropping {

    private static final Logger log = LoggerFactory.getLogger(Dropping.class);

    private final Horizon horizon;
    private final SnapshotDropping snapshots;
    private final EpochDraws draws;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Dropping(Horizon horizon, SnapshotDropping snapshots, EpochDraws draws, JdbcClient jdbc, InstantSource clock) {
        this.horizon = horizon;
        this.snapshots = snapshots;
        this.draws = draws;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(initialDelay = 120_000, fixedDelay = 3_600_000)
    void dropDue() {
        attempt("records", () -> horizon.dropBehind(clock.instant(), this::isSealed));
    }

    /// Some at a time, as they were taken: neither their table nor what else is scheduled is held up for long.
    @Scheduled(
            initialDelayString = "${streamsync.archive.look:60s}",
            fixedDelayString = "${streamsync.archive.look:60s}")
    void dropSnapshots() {
        attempt("snapshots", () -> snapshots.dropBefore(horizon.racesSince(clock.instant())));
    }

    /// Some at a time, too. None that counts a record which is kept: a page that shows less would accuse the router.
    @Scheduled(
            initialDelayString = "${streamsync.archive.look:60s}",
            fixedDelayString = "${streamsync.archive.look:60s}")
    void dropDraws() {
        attempt("draws", () -> draws.dropBefore(horizon.postedSince(clock.instant())));
    }

    private static void attempt(String what, Runnable dropping) {
        try {
            dropping.run();
        } catch (RuntimeException e) { // posting was busy, or the database away
            log.atWarn()
                    .setMessage("archive not shortened, trying again")
                    .addKeyValue("what", what)
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }

    private boolean isSealed(String tableOfFrames) {
        return jdbc.sql("""
                select not exists (
                    select from (select router, incarnation, max(next_position) next from %s group by 1, 2) f
                    where f.next > coalesce((
                        select to_position from settlement_range r
                        where r.router = f.router and r.incarnation = f.incarnation
                        order by from_position desc limit 1), 0))""".formatted(tableOfFrames)).query(Boolean.class).single();
    }
}
