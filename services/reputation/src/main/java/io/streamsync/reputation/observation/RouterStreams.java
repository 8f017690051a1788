package io.streamsync.reputation.observation;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// How far each router stream has been observed.
@Repository
class RouterStreams {

    private final JdbcClient jdbc;

    RouterStreams(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The position that comes next, held until the transaction ends: of two consumers of one stream, one waits.
    long lockNext(RouterStream stream) {
        return jdbc.sql("""
                        insert into observation_stream as s (router, incarnation, next_position)
                        values (:router, :incarnation, 0)
                        on conflict (router, incarnation) do update set next_position = s.next_position
                        returning next_position
                        """)
                .param("router", stream.router())
                .param("incarnation", stream.incarnation())
                .query(Long.class)
                .single();
    }

    void advance(RouterStream stream, long next) {
        jdbc.sql("""
                        update observation_stream set next_position = :next
                        where router = :router and incarnation = :incarnation
                        """)
                .param("next", next)
                .param("router", stream.router())
                .param("incarnation", stream.incarnation())
                .update();
    }
}
