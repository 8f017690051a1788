package io.streamsync.billing.archive;

import io.streamsync.billing.archive.FrameDigests.Days;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.StreamRange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Leaves of settlements, read back from their frames.
@Component
public class ArchivedLeaves {

    /// By what the frame's records come to; frames of earlier releases have to be looked into.
    private static final String REVERSING = "(sums is null or sums[2] <> 0)";

    /// Some two megabytes of them.
    private static final int FRAMES_AT_ONCE = 64;

    private final JdbcClient jdbc;

    ArchivedLeaves(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The leaves of a short range; fewer where frames are not kept any more.
    ///
    /// @param days under which the frames are kept
    public List<Leaf> read(StreamRange range, Days days) {
        var leaves = new ArrayList<Leaf>((int) range.length());
        FramesOfRange.select(jdbc, "frame", range, days).query((ResultSet row) -> {
            leaves.addAll(leaves(frame(row), range));
        });
        return leaves;
    }

    /// Reads the leaves of those frames in which fees are given back, in their order. Part of the caller's transaction,
    /// so that not all of them are in memory at once.
    ///
    /// @param days under which the frames are kept
    public void readReversing(StreamRange range, Days days, Consumer<Leaf> reader) {
        FramesOfRange.select(jdbc, "frame", REVERSING, range, days)
                .withFetchSize(FRAMES_AT_ONCE)
                .query((ResultSet row) -> {
                    leaves(frame(row), range).forEach(reader);
                });
    }

    private static Frame frame(ResultSet row) throws SQLException {
        return Compressed.frame(row.getBytes("frame"));
    }

    private static List<Leaf> leaves(Frame frame, StreamRange range) {
        var leaves = new ArrayList<Leaf>();
        var to = Math.min(frame.next(), range.to());
        for (var position = Math.max(frame.first(), range.from()); position < to; position++) {
            leaves.add(leaf(frame, position));
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
