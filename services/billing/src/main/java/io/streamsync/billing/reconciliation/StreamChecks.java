package io.streamsync.billing.reconciliation;

import io.streamsync.billing.stream.StreamId;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What has to hold between streams and books: what routers wrote, what Kafka has, what is posted, what it came to.
@Component
class StreamChecks {

    /// Twice what a router waits for an answer: it says how far Kafka is as it knows it when it calls.
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(10);

    private final JdbcClient jdbc;
    private final FrameReplay replay;
    private final ReplayRows rows;
    private final HourChecks hours;

    StreamChecks(JdbcClient jdbc, FrameReplay replay, ReplayRows rows, HourChecks hours) {
        this.jdbc = jdbc;
        this.replay = replay;
        this.rows = rows;
        this.hours = hours;
    }

    List<Check> checks(Instant now) {
        var streams = streams();
        var positions = new ArrayList<String>();
        var entries = new ArrayList<String>();
        var touched = new HashSet<Instant>();
        for (var stream : streams) {
            positions.addAll(stream.wrongPositions());
            entries.addAll(compare(stream, touched, now));
        }
        return List.of(
                Check.ofAll("positions", streams.size(), positions),
                Check.ofAll("entries", streams.size(), entries),
                hours.check(touched, now));
    }

    /// What fitted is not looked at again; what did not, is, until it does.
    private List<String> compare(Stream stream, Set<Instant> touched, Instant now) {
        var differences = List.<String>of();
        var position = stream.reconciled();
        var unverified = stream.unverifiedThen();
        if (stream.posted() > position) {
            var replayed = replay.replay(stream.id(), position, stream.posted(), unverified);
            differences = replayed.differences(stream.id(), rows.booked(stream.id(), position, stream.posted()));
            if (differences.isEmpty() && replayed.unverified() != stream.unverified()) {
                differences = List.of("stream " + stream.id() + ": by its frames " + replayed.unverified()
                        + " wait for verdicts, by its row " + stream.unverified());
            }
            if (differences.isEmpty()) {
                hours.add(replayed.tally().hours().values());
                touched.addAll(replayed.tally().hours().keySet());
                position = stream.posted();
                unverified = replayed.tally().unverified();
            }
        }
        remember(stream, position, unverified, now);
        return differences;
    }

    private List<Stream> streams() {
        var told = told();
        return jdbc.sql("""
                select s.router, s.incarnation, s.next_position, s.unverified, s.ended_at is not null as ended,
                    coalesce(r.position, 0) as position, coalesce(r.unverified, 0) as unverified_then, r.seen, r.seen_at
                from stream s
                left join reconciled_stream r using (router, incarnation)
                where s.ended_at is null or s.next_position > coalesce(r.position, 0)
                order by s.router, s.incarnation""")
                .query((row, number) -> new Stream(
                        new StreamId(row.getInt("router"), row.getInt("incarnation")),
                        row.getLong("next_position"),
                        row.getLong("unverified"),
                        row.getBoolean("ended"),
                        row.getLong("position"),
                        row.getLong("unverified_then"),
                        row.getLong("seen"),
                        instant(row.getTimestamp("seen_at")),
                        told.getOrDefault(new StreamId(row.getInt("router"), row.getInt("incarnation")), Told.NOTHING)))
                .list();
    }

    /// What routers told last.
    private Map<StreamId, Told> told() {
        var told = new HashMap<StreamId, Told>();
        if (jdbc.sql("select to_regclass('stream_progress') is not null")
                .query(Boolean.class)
                .single()) {
            jdbc.sql("select router, incarnation, journaled, acknowledged, told_at from stream_progress")
                    .query(row -> {
                        told.put(
                                new StreamId(row.getInt("router"), row.getInt("incarnation")),
                                new Told(
                                        row.getLong("journaled"),
                                        row.getLong("acknowledged"),
                                        row.getTimestamp("told_at").toInstant()));
                    });
        }
        return told;
    }

    private void remember(Stream stream, long position, long unverified, Instant now) {
        jdbc.sql("""
                insert into reconciled_stream as r (router, incarnation, position, unverified, seen, seen_at)
                values (:router, :incarnation, :position, :unverified, :seen, :at)
                on conflict (router, incarnation) do update set position = excluded.position,
                    unverified = excluded.unverified, seen = excluded.seen,
                    seen_at = case when r.seen = excluded.seen then r.seen_at else excluded.seen_at end""")
                .params(Map.of(
                        "router", stream.id().router(),
                        "incarnation", stream.id().incarnation(),
                        "position", position,
                        "unverified", unverified,
                        "seen", stream.posted(),
                        "at", Timestamp.from(now)))
                .update();
    }

    private static Instant instant(@Nullable Timestamp time) {
        return time == null ? Instant.EPOCH : time.toInstant();
    }

    /// @param posted to here, exclusive
    /// @param reconciled up to where its frames fitted
    /// @param seen where it was posted to at the last run
    /// @param seenAt the first run that found it there
    private record Stream(
            StreamId id,
            long posted,
            long unverified,
            boolean ended,
            long reconciled,
            long unverifiedThen,
            long seen,
            Instant seenAt,
            Told told) {

        /// A router's word may be older than what is posted by now, but is not older than what was posted before it.
        List<String> wrongPositions() {
            var wrong = new ArrayList<String>();
            if (told.journaled() < told.acknowledged()) {
                wrong.add("stream " + id + ": journal at " + told.journaled() + ", Kafka at " + told.acknowledged());
            }
            if (told.at().isAfter(seenAt.plus(ON_ITS_WAY)) && told.acknowledged() < seen) {
                wrong.add("stream " + id + ": Kafka at " + told.acknowledged() + ", posted to " + seen);
            }
            return wrong;
        }
    }

    /// @param journaled the next position of the router's journal
    /// @param acknowledged the next position that Kafka acknowledged
    private record Told(long journaled, long acknowledged, Instant at) {

        static final Told NOTHING = new Told(0, 0, Instant.MIN);
    }
}
