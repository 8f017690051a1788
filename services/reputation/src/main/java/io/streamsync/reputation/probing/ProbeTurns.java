package io.streamsync.reputation.probing;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Says which instance probes: the first one to take a round has it.
@Repository
class ProbeTurns {

    private final JdbcClient jdbc;

    ProbeTurns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// True once per round. A round far to come, left by a clock that was set back since, holds nothing up.
    boolean take(long round) {
        return jdbc.sql("""
                                update probing_turn set round = :round
                                where round < :round or round > :round + 1
                                """).param("round", round).update() == 1;
    }
}
