package io.streamsync.billing.archive;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.record.RaceAddress;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finds races: by their address, and by the customer who asked.
@Component
public class RaceRows {

    private static final String RACE = """
            select router, incarnation, sequence, occurred_at, position, posted_on, account_id, charged, batch, batch_index
            from archive_race\s""";

    /// How far apart ANSWERED and VERIFIED of a race may be stamped: seconds, but clocks jump.
    private static final Duration APART = Duration.ofDays(1);

    private final JdbcClient jdbc;

    RaceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param races of one stream
    public void add(List<RaceRow> races) {
        if (races.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into archive_race (router, incarnation, sequence, occurred_at, position, posted_on,
                    account_id, charged, batch, batch_index)
                select :router, :incarnation, sequence, to_timestamp(at / 1000.0), position, :on,
                    account, charged, batch, batch_index
                from unnest(:sequences, :at, :positions, :accounts, :charged, :batches, :indexes)
                    as r (sequence, at, position, account, charged, batch, batch_index)""")
                .param("router", races.getFirst().address().router())
                .param("incarnation", races.getFirst().address().incarnation())
                .param("on", Date.valueOf(races.getFirst().postedOn()))
                .param(
                        "sequences",
                        races.stream()
                                .mapToLong(race -> race.address().sequence())
                                .toArray())
                .param(
                        "at",
                        races.stream()
                                .mapToLong(race -> race.occurredAt().toEpochMilli())
                                .toArray())
                .param("positions", races.stream().mapToLong(RaceRow::position).toArray())
                .param(
                        "accounts",
                        races.stream().map(race -> race.customer().value()).toArray(String[]::new))
                .param("charged", races.stream().mapToLong(RaceRow::charged).toArray())
                .param("batches", races.stream().map(RaceRow::batch).toArray(String[]::new))
                .param("indexes", races.stream().mapToInt(RaceRow::batchIndex).toArray())
                .update();
    }

    /// The race of an id: its millisecond is part of it, so that an id made up finds nothing.
    public Optional<RaceRow> find(RaceAddress address, Instant occurredAt) {
        return jdbc.sql(RACE + "where router = ? and incarnation = ? and sequence = ? and occurred_at = ?")
                .params(address.router(), address.incarnation(), address.sequence(), Timestamp.from(occurredAt))
                .query(RaceRows::race)
                .optional();
    }

    /// Races of one stream by number, where only the time of their VERIFIED is known.
    public List<RaceRow> find(
            int router, int incarnation, Collection<Long> sequences, Instant earliest, Instant latest) {
        return jdbc.sql(RACE + """
                where router = ? and incarnation = ? and sequence = any (?)
                  and occurred_at between ? and ?""")
                .param(router)
                .param(incarnation)
                .param(sequences.stream().mapToLong(Long::longValue).toArray())
                .param(Timestamp.from(earliest.minus(APART)))
                .param(Timestamp.from(latest.plus(APART)))
                .query(RaceRows::race)
                .list();
    }

    /// Races of one stream by number, of whatever time: looks into every partition. For when the clock of a router was
    /// set, or the machine slept, between ANSWERED and VERIFIED.
    public List<RaceRow> find(int router, int incarnation, Collection<Long> sequences) {
        return jdbc.sql(RACE + "where router = ? and incarnation = ? and sequence = any (?)")
                .param(router)
                .param(incarnation)
                .param(sequences.stream().mapToLong(Long::longValue).toArray())
                .query(RaceRows::race)
                .list();
    }

    /// A customer's races of a time, newest first.
    ///
    /// @param before where the page starts
    public List<RaceRow> ofCustomer(CustomerId customer, Instant from, Instant to, RacePlace before, int limit) {
        return jdbc.sql(RACE + """
                where account_id = :account and occurred_at >= :from and occurred_at < :to
                  and (occurred_at, router, incarnation, sequence) < (:at, :router, :incarnation, :sequence)
                order by occurred_at desc, router desc, incarnation desc, sequence desc limit :limit""")
                .param("account", customer.value())
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("at", Timestamp.from(before.occurredAt()))
                .param("router", before.address().router())
                .param("incarnation", before.address().incarnation())
                .param("sequence", before.address().sequence())
                .param("limit", limit)
                .query(RaceRows::race)
                .list();
    }

    /// The races of one JSON-RPC batch, in its order: at most a hundred.
    public List<RaceRow> ofBatch(CustomerId customer, String batch, int from, int limit) {
        return jdbc.sql(RACE + """
                where account_id = ? and batch = ? order by batch_index offset ? limit ?""")
                .params(customer.value(), batch, from, limit)
                .query(RaceRows::race)
                .list();
    }

    private static RaceRow race(ResultSet row, int number) throws SQLException {
        return new RaceRow(
                new RaceAddress(row.getInt("router"), row.getInt("incarnation"), row.getLong("sequence")),
                row.getTimestamp("occurred_at").toInstant(),
                row.getLong("position"),
                row.getDate("posted_on").toLocalDate(),
                new CustomerId(row.getString("account_id")),
                row.getLong("charged"),
                row.getString("batch"),
                row.getInt("batch_index"));
    }

    /// A place in a customer's list of races.
    public record RacePlace(Instant occurredAt, RaceAddress address) {}
}
