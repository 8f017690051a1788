package io.streamsync.billing.epoch;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecord.Answered;
import java.sql.Date;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// How often each router drew each operator, and skipped whom it had drawn: what a router that does not like somebody
/// cannot hide.
@Component
public class EpochDraws {

    /// In one statement, which posting may have to wait for.
    private static final int AT_ONCE = 20_000;

    /// Per look: ten times what ten routers leave in a minute that draw ten thousand operators.
    private static final int STATEMENTS = 10;

    private final JdbcClient jdbc;

    EpochDraws(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Counts records of one stream that are posted in the caller's transaction.
    public void add(int router, int incarnation, Iterable<StreamRecord> records, LocalDate postedOn) {
        var epochs = new HashMap<Long, Map<OperatorId, Count>>();
        for (var record : records) {
            if (record instanceof Answered answered) {
                count(answered, epochs.computeIfAbsent(answered.race().epoch(), _ -> new HashMap<>()));
            }
        }
        epochs.forEach((epoch, counts) -> add(router, incarnation, epoch, List.copyOf(counts.entrySet()), postedOn));
    }

    /// Drops some of the counts of which no record is kept. One that is being added to stays.
    ///
    /// @param day all records that are kept were posted on it or later
    public void dropBefore(LocalDate day) {
        var left = STATEMENTS;
        while (left > 0 && drop(day) == AT_ONCE) {
            left--;
        }
    }

    private int drop(LocalDate day) {
        return jdbc.sql("""
                delete from epoch_draw where ctid = any (array(
                    select ctid from epoch_draw where posted_on < ? order by posted_on limit ? for update skip locked))""").params(Date.valueOf(day), AT_ONCE).update();
    }

    List<Draws> of(long epoch) {
        return jdbc.sql("""
                select router, incarnation, operator_id, drawn, skipped from epoch_draw
                where epoch = ? order by operator_id""")
                .param(epoch)
                .query((row, number) -> new Draws(
                        row.getInt("router"),
                        row.getInt("incarnation"),
                        row.getString("operator_id"),
                        row.getLong("drawn"),
                        row.getLong("skipped")))
                .list();
    }

    private static void count(Answered answered, Map<OperatorId, Count> counts) {
        for (var place : answered.asked().places()) {
            counts.computeIfAbsent(place.operatorId(), _ -> new Count()).drawn++;
        }
        for (var skipped : answered.asked().skipped()) {
            var count = counts.computeIfAbsent(skipped.operatorId(), _ -> new Count());
            count.drawn++;
            count.skipped++;
        }
    }

    private void add(
            int router, int incarnation, long epoch, List<Map.Entry<OperatorId, Count>> rows, LocalDate postedOn) {
        jdbc.sql("""
                insert into epoch_draw as d (epoch, router, incarnation, operator_id, drawn, skipped, posted_on)
                select :epoch, :router, :incarnation, operator, drawn, skipped, :on
                from unnest(:operators, :drawn, :skipped) as c (operator, drawn, skipped)
                on conflict (epoch, router, incarnation, operator_id) do update
                    set drawn = d.drawn + excluded.drawn, skipped = d.skipped + excluded.skipped,
                        posted_on = greatest(d.posted_on, excluded.posted_on)""")
                .param("router", router)
                .param("incarnation", incarnation)
                .param("epoch", epoch)
                .param("on", Date.valueOf(postedOn))
                .param(
                        "operators",
                        rows.stream().map(row -> row.getKey().value()).toArray(String[]::new))
                .param(
                        "drawn",
                        rows.stream().mapToLong(row -> row.getValue().drawn).toArray())
                .param(
                        "skipped",
                        rows.stream().mapToLong(row -> row.getValue().skipped).toArray())
                .update();
    }

    /// @param drawn with those that were skipped
    record Draws(int router, int incarnation, String operatorId, long drawn, long skipped) {}

    /// Counts up: every place of every race does.
    private static final class Count {
        private long drawn;
        private long skipped;
    }
}
