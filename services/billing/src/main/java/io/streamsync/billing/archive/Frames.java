package io.streamsync.billing.archive;

import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Frames as they were posted: gapless per stream, the same bytes for ever.
@Component
public class Frames {

    /// How far the clocks of a router and of this service may be apart.
    private static final Duration APART = Duration.ofDays(1);

    private final JdbcClient jdbc;
    private final FrameDigests digests;

    Frames(JdbcClient jdbc, FrameDigests digests) {
        this.jdbc = jdbc;
        this.digests = digests;
    }

    /// @param frames of one stream
    /// @param encoded their bytes
    /// @param records of all these frames, decoded
    /// @param latest per frame the Unix ms of the latest race that it answers; null where it answers none
    public void add(
            List<Frame> frames,
            List<byte[]> encoded,
            List<StreamRecord> records,
            List<@Nullable Long> latest,
            LocalDate postedOn) {
        var digested = digests(frames, records);
        jdbc.sql("""
                insert into archive_frame (posted_on, router, incarnation, first_position, next_position, frame, latest,
                    leaf_hashes, sums, versions)
                select :on, :router, :incarnation, first, next, frame, to_timestamp(latest / 1000.0),
                    hashes, sums::bigint[], string_to_array(versions, ',')
                from unnest(:first, :next, :frames, :latest, :hashes, :sums, :versions)
                    as f (first, next, frame, latest, hashes, sums, versions)""")
                .param("on", Date.valueOf(postedOn))
                .param("router", frames.getFirst().router())
                .param("incarnation", frames.getFirst().incarnation())
                .param("first", numbers(frames, Frame::first))
                .param("next", numbers(frames, Frame::next))
                .param("frames", Compressed.of(encoded))
                .param("latest", latest.toArray(Long[]::new))
                .param("hashes", column(digested, FrameDigest::leafHashes).toArray(byte[][]::new))
                .param("sums", column(digested, FrameDigest::sumsAsArray).toArray(String[]::new))
                .param(
                        "versions",
                        column(digested, digest -> String.join(",", digest.versions()))
                                .toArray(String[]::new))
                .update();
    }

    private List<@Nullable FrameDigest> digests(List<Frame> frames, List<StreamRecord> records) {
        var digested = new ArrayList<@Nullable FrameDigest>(frames.size());
        var at = 0;
        for (var frame : frames) {
            digested.add(digests.digest(
                    frame, records.subList(at, at += frame.records().size())));
        }
        return digested;
    }

    private static <T> Stream<@Nullable T> column(
            List<@Nullable FrameDigest> digested, Function<FrameDigest, T> column) {
        return digested.stream().map(digest -> digest == null ? null : column.apply(digest));
    }

    /// Frames that may answer races since then, newest first.
    ///
    /// @param before where to go on
    List<PlacedFrame> answering(Instant since, FramePlace before, int limit) {
        return jdbc.sql("""
                select router, incarnation, first_position, posted_on, latest, frame from archive_frame
                where latest >= :since and posted_on >= :day
                  and (latest, router, incarnation, first_position) < (:latest, :router, :incarnation, :first)
                order by latest desc, router desc, incarnation desc, first_position desc limit :limit""")
                .param("since", Timestamp.from(since))
                .param("day", Date.valueOf(LocalDate.ofInstant(since.minus(APART), ZoneOffset.UTC)))
                .param("latest", Timestamp.from(before.latest()))
                .param("router", before.router())
                .param("incarnation", before.incarnation())
                .param("first", before.first())
                .param("limit", limit)
                .query((row, number) -> new PlacedFrame(
                        new FramePlace(
                                row.getTimestamp("latest").toInstant(),
                                row.getInt("router"),
                                row.getInt("incarnation"),
                                row.getLong("first_position")),
                        row.getDate("posted_on").toLocalDate(),
                        Compressed.frame(row.getBytes("frame"))))
                .list();
    }

    /// Frames of one stream in the order of their positions.
    ///
    /// @param first position of the first of them, or before it
    public List<Frame> from(int router, int incarnation, long first, int limit) {
        return jdbc.sql("""
                select frame from archive_frame where router = ? and incarnation = ? and first_position >= ?
                order by first_position limit ?""")
                .params(router, incarnation, first, limit)
                .query((row, number) -> Compressed.frame(row.getBytes("frame")))
                .list();
    }

    Optional<Frame> holding(int router, int incarnation, long position, LocalDate postedOn) {
        return jdbc.sql("""
                select frame from archive_frame
                where posted_on = ? and router = ? and incarnation = ? and first_position <= ?
                order by first_position desc limit 1""")
                .params(Date.valueOf(postedOn), router, incarnation, position)
                .query((row, number) -> Compressed.frame(row.getBytes("frame")))
                .optional()
                .filter(frame -> position < frame.next());
    }

    private static long[] numbers(List<Frame> frames, ToLongFunction<Frame> column) {
        return frames.stream().mapToLong(column).toArray();
    }

    /// A frame among all that answer races.
    ///
    /// @param latest the time of the latest race that it answers
    record FramePlace(Instant latest, int router, int incarnation, long first) {

        /// The place right after this frame: no other frame lies between.
        FramePlace after() {
            return new FramePlace(latest, router, incarnation, first + 1);
        }
    }

    record PlacedFrame(FramePlace place, LocalDate postedOn, Frame frame) {}
}
