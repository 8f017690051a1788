package io.streamsync.billing.charging;

import io.streamsync.billing.charging.OpenRaces.Block;
import io.streamsync.billing.stream.StreamId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Keeps which races wait for their verdict, and which have waited for too long. Guarded by the stream's row.
@Repository
class OpenRaceRows {

    private static final int BYTES = OpenRaces.PER_BLOCK / Byte.SIZE;

    private final JdbcClient jdbc;

    OpenRaceRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Block> blocks(StreamId stream, Collection<Long> numbers) {
        return jdbc.sql("""
                select block, open, extract(epoch from due) * 1000 due from race_open
                where router = ? and incarnation = ? and block = any (?)""")
                .params(stream.router(), stream.incarnation(), longs(numbers))
                .query(OpenRaceRows::block)
                .list();
    }

    /// Blocks with races that may have lapsed at that time.
    List<Block> due(StreamId stream, Instant at) {
        return jdbc.sql("""
                select block, open, extract(epoch from due) * 1000 due from race_open
                where router = ? and incarnation = ? and due < to_timestamp(? / 1000.0) order by block""")
                .params(stream.router(), stream.incarnation(), at.toEpochMilli())
                .query(OpenRaceRows::block)
                .list();
    }

    /// What the insurance got for those of these races that have lapsed.
    Map<Long, Long> lapsed(StreamId stream, Collection<Long> sequences) {
        var shares = new HashMap<Long, Long>();
        if (!sequences.isEmpty()) {
            jdbc.sql("""
                    select sequence, share from race_lapse
                    where router = ? and incarnation = ? and sequence = any (?) and returned_at is null""")
                    .params(stream.router(), stream.incarnation(), longs(sequences))
                    .query(row -> {
                        shares.put(row.getLong("sequence"), row.getLong("share"));
                    });
        }
        return shares;
    }

    void save(StreamId stream, OpenRaces races) {
        save(stream, races.changed());
        races.returned()
                .forEach((sequence, position) -> jdbc.sql("""
                        update race_lapse set returned_at = ? where router = ? and incarnation = ? and sequence = ?""")
                        .params(position, stream.router(), stream.incarnation(), sequence)
                        .update());
    }

    void save(StreamId stream, List<Block> blocks) {
        var kept = blocks.stream().filter(block -> !block.isEmpty()).toList();
        var empty = blocks.stream().filter(Block::isEmpty).map(Block::number).toList();
        if (!kept.isEmpty()) {
            jdbc.sql("""
                    insert into race_open (router, incarnation, block, open, due)
                    select :router, :incarnation, block, open, to_timestamp(due / 1000.0)
                    from unnest(:blocks, :open, :due) as b (block, open, due)
                    on conflict (router, incarnation, block) do update set open = excluded.open, due = excluded.due""")
                    .param("router", stream.router())
                    .param("incarnation", stream.incarnation())
                    .param("blocks", kept.stream().mapToLong(Block::number).toArray())
                    .param("open", kept.stream().map(OpenRaceRows::bytes).toArray(byte[][]::new))
                    .param("due", kept.stream().mapToLong(Block::due).toArray())
                    .update();
        }
        if (!empty.isEmpty()) {
            jdbc.sql("delete from race_open where router = ? and incarnation = ? and block = any (?)")
                    .params(stream.router(), stream.incarnation(), longs(empty))
                    .update();
        }
    }

    /// No verdict comes any more.
    void forget(StreamId stream) {
        jdbc.sql("delete from race_open where router = ? and incarnation = ?")
                .params(stream.router(), stream.incarnation())
                .update();
    }

    /// Nobody asks any more which of the stream's races lapsed.
    int forgetLapses(StreamId stream) {
        return jdbc.sql("delete from race_lapse where router = ? and incarnation = ?")
                .params(stream.router(), stream.incarnation())
                .update();
    }

    /// @param position at which they lapsed
    void add(StreamId stream, List<Lapse> lapses, long position, boolean byClock) {
        jdbc.sql("""
                insert into race_lapse (router, incarnation, sequence, share, position, by_clock)
                select :router, :incarnation, sequence, share, :position, :byClock
                from unnest(:sequences, :shares) as l (sequence, share)""")
                .param("router", stream.router())
                .param("incarnation", stream.incarnation())
                .param("position", position)
                .param("byClock", byClock)
                .param("sequences", lapses.stream().mapToLong(Lapse::sequence).toArray())
                .param("shares", lapses.stream().mapToLong(Lapse::share).toArray())
                .update();
    }

    private static Block block(ResultSet row, int number) throws SQLException {
        var bits = new long[BYTES / Long.BYTES];
        ByteBuffer.wrap(row.getBytes("open"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asLongBuffer()
                .get(bits);
        return new Block(row.getLong("block"), bits, row.getLong("due"));
    }

    private static byte[] bytes(Block block) {
        var bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(block.bits());
        return bytes.array();
    }

    private static long[] longs(Collection<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }
}
