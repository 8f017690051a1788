package io.streamsync.billing.settlement;

import io.streamsync.billing.stream.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Finds streams of which something is not sealed, or may come.
@Repository
class StreamEnds {

    private final JdbcClient jdbc;

    StreamEnds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// In the order of (router, incarnation). A stream that goes on has nothing of the windows before a far epoch
    /// that it has marked. One that is over waits for no epoch: its next window ends at its next mark, also where
    /// the chain is past that number, since epochs have another length by now.
    List<StreamAtEnd> at(long epoch) {
        return jdbc.sql("""
                select s.router, s.incarnation, s.next_position, s.ended_at is not null ended,
                    s.closed_at is not null lost, s.opened_at,
                    coalesce(r.to_position, 0) settled,
                    (select m.next_position from settlement_mark m
                        where m.router = s.router and m.incarnation = s.incarnation
                            and m.epoch >= case when s.ended_at is null and s.closed_at is null then ? else 0 end
                            and (m.next_position > coalesce(r.to_position, 0)
                                or s.ended_at is null and s.closed_at is null)
                        order by m.epoch limit 1) mark
                from stream s left join lateral (
                    select to_position from settlement_range r
                    where r.router = s.router and r.incarnation = s.incarnation
                    order by from_position desc limit 1) r on true
                where s.ended_at is null and s.closed_at is null or s.next_position > coalesce(r.to_position, 0)
                order by s.router, s.incarnation""").param(epoch).query(StreamEnds::stream).list();
    }

    private static StreamAtEnd stream(ResultSet row, int number) throws SQLException {
        return new StreamAtEnd(
                new StreamId(row.getInt("router"), row.getInt("incarnation")),
                row.getLong("settled"),
                row.getLong("next_position"),
                row.getBoolean("ended"),
                row.getBoolean("lost"),
                row.getTimestamp("opened_at").toInstant(),
                row.getObject("mark", Long.class));
    }
}
