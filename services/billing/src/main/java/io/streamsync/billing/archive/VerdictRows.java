package io.streamsync.billing.archive;

import io.streamsync.protocol.record.RaceAddress;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finds the VERIFIED of a race.
@Component
public class VerdictRows {

    private static final Duration APART = Duration.ofDays(1);

    private final JdbcClient jdbc;

    VerdictRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param verdicts of one stream
    public void add(int router, int incarnation, List<VerdictRow> verdicts) {
        if (verdicts.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into archive_verdict (router, incarnation, sequence, occurred_at, position, posted_on)
                select :router, :incarnation, sequence, to_timestamp(at / 1000.0), position, :on
                from unnest(:sequences, :at, :positions) as v (sequence, at, position)""")
                .param("router", router)
                .param("incarnation", incarnation)
                .param("on", Date.valueOf(verdicts.getFirst().postedOn()))
                .param("sequences", numbers(verdicts, VerdictRow::sequence))
                .param("at", numbers(verdicts, verdict -> verdict.occurredAt().toEpochMilli()))
                .param("positions", numbers(verdicts, VerdictRow::position))
                .update();
    }

    Optional<VerdictRow> find(RaceAddress address, Instant raceOccurredAt) {
        return jdbc.sql("""
                select sequence, occurred_at, position, posted_on from archive_verdict
                where router = ? and incarnation = ? and sequence = ? and occurred_at between ? and ?
                order by position limit 1""")
                .params(
                        address.router(),
                        address.incarnation(),
                        address.sequence(),
                        Timestamp.from(raceOccurredAt.minus(APART)),
                        Timestamp.from(raceOccurredAt.plus(APART)))
                .query((row, number) -> new VerdictRow(
                        row.getLong("sequence"),
                        row.getTimestamp("occurred_at").toInstant(),
                        row.getLong("position"),
                        row.getDate("posted_on").toLocalDate()))
                .optional();
    }

    /// Which of these races of one stream have more than one VERIFIED.
    public List<Long> repeated(
            int router, int incarnation, Collection<Long> sequences, Instant earliest, Instant latest) {
        return jdbc.sql("""
                select sequence from archive_verdict
                where router = ? and incarnation = ? and sequence = any (?) and occurred_at between ? and ?
                group by sequence having count(*) > 1""")
                .param(router)
                .param(incarnation)
                .param(sequences.stream().mapToLong(Long::longValue).toArray())
                .param(Timestamp.from(earliest.minus(APART)))
                .param(Timestamp.from(latest.plus(APART)))
                .query((row, number) -> row.getLong("sequence"))
                .list();
    }

    private static long[] numbers(List<VerdictRow> verdicts, ToLongFunction<VerdictRow> column) {
        return verdicts.stream().mapToLong(column).toArray();
    }
}
