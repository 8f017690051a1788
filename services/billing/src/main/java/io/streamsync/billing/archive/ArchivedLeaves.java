package io.streamsync.billing.archive;

import io.streamsync.billing.archive.FrameDigests.Days;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.StreamRange;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Leaves of settlements, read back from their frames.
@Component
public class ArchivedLeaves {

    private final JdbcClient jdbc;

    ArchivedLeaves(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The leaves of a short range; fewer where frames are not kept any more.
    ///
    /// @param days under which the frames are kept
    public List<Leaf> read(StreamRange range, Days days) {
        var frames = jdbc.sql("""
                select frame from archive_frame
                where router = :router and incarnation = :incarnation and posted_on between :first and :last
                  and first_position > :from - :most and first_position < :to and next_position > :from
                order by first_position""")
                .param("router", range.router())
                .param("incarnation", range.incarnation())
                .param("from", range.from())
                .param("to", range.to())
                .param("most", Frame.MAX_RECORDS)
                .param("first", Date.valueOf(days.first()))
                .param("last", Date.valueOf(days.last()))
                .query((row, number) -> Compressed.frame(row.getBytes("frame")))
                .list();
        var leaves = new ArrayList<Leaf>((int) range.length());
        for (var frame : frames) {
            var from = Math.max(frame.first(), range.from());
            var to = Math.min(frame.next(), range.to());
            for (var position = from; position < to; position++) {
                leaves.add(leaf(frame, position));
            }
        }
        return leaves;
    }

    private static Leaf leaf(Frame frame, long position) {
        return new Leaf(
                frame.router(),
                frame.incarnation(),
                position,
                StreamRecords.publicPart(frame.records().get((int) (position - frame.first()))));
    }
}
