package io.streamsync.reputation.publication;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Says when scores are published. One row, so that several instances keep one pace.
@Repository
class PublicationRounds {

    /// At most once a second per node (protocol: a new snapshot at most once a second).
    static final Duration PACE = Duration.ofSeconds(1);

    /// Decay alone is told this often: a tenth of a per cent of the shortest half-life.
    static final Duration REFRESH = Duration.ofMinutes(1);

    private final JdbcClient jdbc;

    PublicationRounds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Takes the round that is due, for the length of the transaction. A time to come, left by a clock that was
    /// set back since, holds nothing up.
    Round take(Instant now) {
        var due = jdbc.sql("""
                        with before as (select at, refreshed_at from publication_round for update)
                        update publication_round r
                        set at = :now,
                            refreshed_at = case when before.refreshed_at between :refresh and :now
                                                then r.refreshed_at else :now end
                        from before
                        where before.at not between :pace and :now
                        returning r.refreshed_at = :now
                        """)
                .param("now", Timestamp.from(now))
                .param("pace", Timestamp.from(now.minus(PACE).plusMillis(1)))
                .param("refresh", Timestamp.from(now.minus(REFRESH).plusMillis(1)))
                .query(Boolean.class)
                .optional();
        return due.map(refresh -> refresh ? Round.ALL : Round.MOVED).orElse(Round.NONE);
    }

    /// What a round looks at.
    enum Round {
        NONE,
        MOVED,
        ALL
    }
}
