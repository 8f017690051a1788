package io.streamsync.billing.archive;

import io.streamsync.billing.archive.FrameDigests.Days;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.settlement.StreamRange;
import java.sql.Date;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/// The query of all frames that hold records of a range, in the order of their positions.
final class FramesOfRange {

    private FramesOfRange() {}

    /// @param columns may name `:from` and `:to` of the range
    /// @param days under which the frames are kept
    static StatementSpec select(JdbcClient jdbc, String columns, StreamRange range, Days days) {
        return select(jdbc, columns, "true", range, days);
    }

    /// @param which of these frames
    static StatementSpec select(JdbcClient jdbc, String columns, String which, StreamRange range, Days days) {
        return jdbc.sql("""
                select %s from archive_frame
                where router = :router and incarnation = :incarnation and posted_on between :first and :last
                  and first_position > :from - :most and first_position < :to and next_position > :from
                  and %s
                order by first_position""".formatted(columns, which))
                .param("router", range.router())
                .param("incarnation", range.incarnation())
                .param("from", range.from())
                .param("to", range.to())
                .param("most", Frame.MAX_RECORDS)
                .param("first", Date.valueOf(days.first()))
                .param("last", Date.valueOf(days.last()));
    }
}
