package io.streamsync.billing.archive;

import io.streamsync.billing.parameters.ParameterVersions;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.protocol.settlement.StreamRange;
import io.streamsync.protocol.settlement.Sums;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Digests of archived frames. They are made when frames are posted: a window of a million records is sealed in
/// seconds.
@Component
public class FrameDigests {

    /// Some two megabytes of hashes: the driver keeps what it has fetched in memory.
    private static final int FRAMES_AT_ONCE = 256;

    private final JdbcClient jdbc;
    private final ParameterVersions parameters;

    FrameDigests(JdbcClient jdbc, ParameterVersions parameters) {
        this.jdbc = jdbc;
        this.parameters = parameters;
    }

    /// Null where a record cannot be, which posting is about to find out and to say better.
    @Nullable
    FrameDigest digest(Frame frame, List<StreamRecord> records) {
        try {
            return FrameDigest.of(frame, records, this::parameters);
        } catch (IllegalArgumentException | ArithmeticException unsound) {
            return null;
        }
    }

    /// Reads the digests of a range in order, cut to it. Part of the caller's transaction, so that not all of them are
    /// in memory at once.
    ///
    /// @param days under which the frames are kept
    /// @throws IllegalStateException when records are missing
    public void read(StreamRange range, Days days, Consumer<PlacedDigest> reader) {
        var expected = new Object() {
            long position = range.from();
        };
        FramesOfRange.select(jdbc, """
                posted_on, first_position, next_position, leaf_hashes, sums, versions,
                    case when leaf_hashes is null or first_position < :from or next_position > :to then frame end frame""", range, days)
                .withFetchSize(FRAMES_AT_ONCE)
                .query((ResultSet row) -> {
                    var read = placed(row, range);
                    if (read.first() != expected.position) {
                        throw missing(range, expected.position);
                    }
                    expected.position += read.digest().count();
                    reader.accept(read);
                });
        if (expected.position != range.to()) {
            throw missing(range, expected.position);
        }
    }

    /// The hashes of the leaves of a short range; fewer where frames are not kept any more.
    public List<byte[]> leafHashes(StreamRange range, Days days) {
        var hashes = new ArrayList<byte[]>((int) range.length());
        FramesOfRange.select(
                        jdbc,
                        "first_position, leaf_hashes, case when leaf_hashes is null then frame end frame",
                        range,
                        days)
                .query((ResultSet row) -> {
                    var first = row.getLong("first_position");
                    var digest = hashed(row, first);
                    var to = Math.min(range.to() - first, digest.count());
                    for (var index = Math.max(0, range.from() - first); index < to; index++) {
                        hashes.add(digest.leafHash((int) index));
                    }
                });
        return hashes;
    }

    private FrameDigest hashed(ResultSet row, long first) throws SQLException {
        var frame = row.getBytes("frame");
        return frame == null
                ? new FrameDigest(row.getBytes("leaf_hashes"), Sums.NOTHING, List.of())
                : cut(Compressed.frame(frame), first, Long.MAX_VALUE);
    }

    private PlacedDigest placed(ResultSet row, StreamRange range) throws SQLException {
        var first = row.getLong("first_position");
        var postedOn = row.getDate("posted_on").toLocalDate();
        var frame = row.getBytes("frame");
        if (frame != null) {
            var from = Math.max(first, range.from());
            return new PlacedDigest(from, postedOn, cut(Compressed.frame(frame), from, range.to()));
        }
        return new PlacedDigest(
                first,
                postedOn,
                new FrameDigest(
                        row.getBytes("leaf_hashes"),
                        FrameDigest.sums((Long[]) row.getArray("sums").getArray()),
                        List.of((String[]) row.getArray("versions").getArray())));
    }

    private FrameDigest cut(Frame frame, long from, long to) {
        var part = new Frame(
                frame.router(), frame.incarnation(), from, frame.records().subList((int) (from - frame.first()), (int)
                        (Math.min(to, frame.next()) - frame.first())));
        return FrameDigest.of(
                part, part.records().stream().map(StreamRecords::decode).toList(), this::parameters);
    }

    private Parameters parameters(String version) {
        return parameters
                .find(version)
                .orElseThrow(() -> new IllegalArgumentException("parameters of version " + version + " are not known"));
    }

    private static IllegalStateException missing(StreamRange range, long position) {
        return new IllegalStateException("position " + position + " of stream " + range.router() + "/"
                + range.incarnation() + " is not in the archive");
    }

    /// @param first position that it is of
    public record PlacedDigest(long first, LocalDate postedOn, FrameDigest digest) {}

    /// Under which frames are kept; both inclusive.
    public record Days(LocalDate first, LocalDate last) {}
}
