package io.streamsync.billing.settlement;

import io.streamsync.billing.archive.FrameDigests.Days;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.StreamRange;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The chain of sealed windows.
@Repository
class Settlements {

    private static final String SETTLEMENT =
            "select place, header, signature, sealed_at, stakers_carried from settlement ";

    /// The lock's key: the bytes of "settle" in ASCII.
    private static final long LOCK = 0x736574746c65L;

    private final JdbcClient jdbc;

    Settlements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Whether nobody else is sealing, and nobody will before the caller's transaction ends.
    boolean lock() {
        return jdbc.sql("select pg_try_advisory_xact_lock(?)")
                .param(LOCK)
                .query(Boolean.class)
                .single();
    }

    /// By the database's own clock.
    Instant databaseTime() {
        return jdbc.sql("select clock_timestamp()")
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .single();
    }

    Optional<Settlement> last() {
        return jdbc.sql(SETTLEMENT + "order by place desc limit 1")
                .query(Settlements::settlement)
                .optional();
    }

    Optional<Settlement> find(long epoch) {
        return jdbc.sql(SETTLEMENT + "where epoch = ?")
                .param(epoch)
                .query(Settlements::settlement)
                .optional();
    }

    boolean isSealed(long epoch) {
        return jdbc.sql("select exists (select from settlement where epoch = ?)")
                .param(epoch)
                .query(Boolean.class)
                .single();
    }

    /// Newest first.
    List<Settlement> list(long beforePlace, int limit) {
        return jdbc.sql(SETTLEMENT + "where place < ? order by place desc limit ?")
                .params(beforePlace, limit)
                .query(Settlements::settlement)
                .list();
    }

    void add(long place, SettlementHeader header, byte[] signature, long carried, List<SettledRange> ranges) {
        jdbc.sql("""
                insert into settlement (place, epoch, starts_at, ends_at, leaf_count, hash, header, signature,
                    stakers_carried)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        place,
                        header.epoch(),
                        Timestamp.from(Instant.ofEpochMilli(header.startsAt())),
                        Timestamp.from(Instant.ofEpochMilli(header.endsAt())),
                        header.leafCount(),
                        header.hash(),
                        header.canonical(),
                        signature,
                        carried)
                .update();
        for (var range : ranges) {
            jdbc.sql("""
                    insert into settlement_range (place, router, incarnation, from_position, to_position, first_leaf,
                        first_day, last_day)
                    values (?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(
                            place,
                            range.range().router(),
                            range.range().incarnation(),
                            range.range().from(),
                            range.range().to(),
                            range.firstLeaf(),
                            Date.valueOf(range.days().first()),
                            Date.valueOf(range.days().last()))
                    .update();
        }
    }

    /// The ranges that hold these leaves, in their order.
    List<SettledRange> ranges(long place, long fromLeaf, long toLeaf) {
        return jdbc.sql("""
                select router, incarnation, from_position, to_position, first_leaf, first_day, last_day
                from settlement_range
                where place = ? and first_leaf < ? and first_leaf + to_position - from_position > ?
                order by first_leaf""")
                .params(place, toLeaf, fromLeaf)
                .query(Settlements::range)
                .list();
    }

    private static Settlement settlement(ResultSet row, int number) throws SQLException {
        return new Settlement(
                row.getLong("place"),
                SettlementHeader.parse(row.getBytes("header")),
                row.getBytes("signature"),
                row.getTimestamp("sealed_at").toInstant(),
                row.getLong("stakers_carried"));
    }

    private static SettledRange range(ResultSet row, int number) throws SQLException {
        return new SettledRange(
                new StreamRange(
                        row.getInt("router"),
                        row.getInt("incarnation"),
                        row.getLong("from_position"),
                        row.getLong("to_position")),
                row.getLong("first_leaf"),
                new Days(row.getObject("first_day", LocalDate.class), row.getObject("last_day", LocalDate.class)));
    }
}
