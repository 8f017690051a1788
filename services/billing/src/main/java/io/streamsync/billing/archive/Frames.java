package io.streamsync.billing.archive;

import io.streamsync.protocol.record.Frame;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Frames as they were posted: gapless per stream, the same bytes for ever.
@Component
public class Frames {

    private final JdbcClient jdbc;

    Frames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param frames of one stream
    public void add(List<Frame> frames, LocalDate postedOn) {
        jdbc.sql("""
                insert into archive_frame (posted_on, router, incarnation, first_position, next_position, frame)
                select :on, :router, :incarnation, first, next, frame
                from unnest(:first, :next, :frames) as f (first, next, frame)""")
                .param("on", Date.valueOf(postedOn))
                .param("router", frames.getFirst().router())
                .param("incarnation", frames.getFirst().incarnation())
                .param("first", numbers(frames, Frame::first))
                .param("next", numbers(frames, Frame::next))
                .param(
                        "frames",
                        frames.stream()
                                .map(frame -> Deflated.of(frame.encode()))
                                .toArray(byte[][]::new))
                .update();
    }

    Optional<Frame> holding(int router, int incarnation, long position, LocalDate postedOn) {
        return jdbc.sql("""
                select frame from archive_frame
                where posted_on = ? and router = ? and incarnation = ? and first_position <= ?
                order by first_position desc limit 1""")
                .params(Date.valueOf(postedOn), router, incarnation, position)
                .query((row, number) -> Frame.decode(Deflated.inflate(row.getBytes("frame"))))
                .optional()
                .filter(frame -> position < frame.next());
    }

    private static long[] numbers(List<Frame> frames, ToLongFunction<Frame> column) {
        return frames.stream().mapToLong(column).toArray();
    }
}
