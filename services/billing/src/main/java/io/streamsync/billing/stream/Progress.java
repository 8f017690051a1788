package io.streamsync.billing.stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// How far routers say that their streams are, for reconciliation.
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Progress {

    private final JdbcClient jdbc;

    Progress(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Kafka may lose what it acknowledged, so that its position is taken as told; the journal loses nothing.
    ///
    /// @param journaled the next position of the router's journal
    /// @param acknowledged the next position that Kafka acknowledged
    public void note(StreamId id, long journaled, long acknowledged) {
        jdbc.sql("""
                insert into stream_progress as p (router, incarnation, journaled, acknowledged) values (?, ?, ?, ?)
                on conflict (router, incarnation) do update
                    set journaled = greatest(p.journaled, excluded.journaled), acknowledged = excluded.acknowledged,
                        told_at = now()""")
                .params(id.router(), id.incarnation(), journaled, acknowledged)
                .update();
    }
}
