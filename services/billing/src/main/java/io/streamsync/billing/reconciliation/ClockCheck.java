package io.streamsync.billing.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Holds this service's clock against the database's: windows are sealed by the one that is behind, holds and waits end
/// by this service's.
@Component
class ClockCheck {

    /// Machines that ask time servers are apart by milliseconds.
    private static final Duration APART = Duration.ofSeconds(5);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    ClockCheck(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Check check() {
        var before = clock.instant();
        var database = jdbc.sql("select clock_timestamp()")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
        var after = clock.instant();
        return check(before, database, after);
    }

    /// @param before the database was asked
    /// @param after its answer came
    static Check check(Instant before, Instant database, Instant after) {
        var fits = database.isAfter(before.minus(APART)) && database.isBefore(after.plus(APART));
        return Check.ofAll(
                "clocks",
                1,
                fits ? List.of() : List.of("billing's clock is at " + after + ", the database's at " + database));
    }
}
