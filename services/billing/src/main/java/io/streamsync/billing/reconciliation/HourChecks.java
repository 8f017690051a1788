package io.streamsync.billing.reconciliation;

import io.streamsync.billing.reconciliation.Tally.Hour;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Holds usage and earnings against what all frames come to. Compares sums over all hours, because what is
/// posted late counts in a later hour; looks again only at hours that may have changed. Stakers' shares are in
/// no frame: a settlement pays them, which the entries are held against.
@Component
class HourChecks {

    /// Hours that are looked at in every run.
    private static final Duration RECENT = Duration.ofHours(24);

    private final JdbcClient jdbc;

    HourChecks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param hours of frames that fitted
    void add(Collection<Hour> hours) {
        if (hours.isEmpty()) {
            return;
        }
        var sum = hours.stream().reduce(Hour.NOTHING, Hour::plus);
        jdbc.sql("""
                update reconciled_total set
                    usage = array[usage[1] + :queries, usage[2] + :charged, usage[3] + :refunded],
                    earned = array[earned[1] + :wins, earned[2] + :checks, earned[3] + :sold, earned[4] + :back,
                        earned[5] + :earned]""")
                .param("queries", sum.queries())
                .param("charged", sum.charged())
                .param("refunded", sum.refunded())
                .param("wins", sum.wins())
                .param("checks", sum.checks())
                .param("sold", sum.operatorsCharged())
                .param("back", sum.operatorsBack())
                .param("earned", sum.earned())
                .update();
    }

    /// @param touched hours of the frames of this run
    Check check(Collection<Instant> touched, Instant now) {
        var hours = new TreeSet<>(touched);
        var hour = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        Stream.iterate(hour, one -> !one.isBefore(now.minus(RECENT)), one -> one.minus(1, ChronoUnit.HOURS))
                .forEach(hours::add);
        look(hours.stream().map(Timestamp::from).toList());
        var found = compare();
        if (found.fits()) {
            return found;
        }
        look(jdbc.sql(
                        "select hour from usage_method union select hour from usage_by_operator union select hour from usage_earned "
                                + "union select hour from reconciled_hour")
                .query((row, number) -> row.getTimestamp("hour"))
                .list());
        return compare();
    }

    private void look(List<Timestamp> hours) {
        jdbc.sql("""
                insert into reconciled_hour (hour, methods, operators, earned)
                select h.hour,
                    (select array[coalesce(sum(queries), 0), coalesce(sum(charged), 0), coalesce(sum(refunded), 0)]
                     from usage_method u where u.hour = h.hour),
                    coalesce(o.sums, array[0, 0, 0]),
                    (select array[coalesce(sum(wins), 0), coalesce(sum(checks), 0), coalesce(sum(charged), 0),
                        coalesce(sum(refunded), 0), coalesce(sum(earned), 0)]
                     from usage_earned u where u.hour = h.hour and u.query_class <> 'stakers')
                from unnest(:hours) as h (hour)
                    left join (select hour, array[sum(queries), sum(charged), sum(refunded)] sums
                        from usage_by_operator where hour = any(:hours) group by hour) o using (hour)
                on conflict (hour) do update set methods = excluded.methods, operators = excluded.operators,
                    earned = excluded.earned""").param("hours", hours.toArray(Timestamp[]::new)).update();
    }

    private Check compare() {
        var expected = jdbc.sql("select usage || usage || earned as sums from reconciled_total")
                .query((row, number) -> text(row.getArray("sums")))
                .single();
        var actual =
                jdbc.sql("""
                select array[sum(methods[1]), sum(methods[2]), sum(methods[3]), sum(operators[1]), sum(operators[2]),
                    sum(operators[3]), sum(earned[1]), sum(earned[2]), sum(earned[3]), sum(earned[4]), sum(earned[5])]
                    as sums from reconciled_hour""").query((row, number) -> text(row.getArray("sums"))).single();
        return Check.of("rollups", expected, actual);
    }

    private static String text(Array numbers) throws SQLException {
        return Stream.of((BigDecimal[]) numbers.getArray())
                .map(BigDecimal::toPlainString)
                .toList()
                .toString();
    }
}
