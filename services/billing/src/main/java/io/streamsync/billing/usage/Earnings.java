package io.streamsync.billing.usage;

import io.streamsync.billing.usage.UsageOfBatch.Earned;
import io.streamsync.billing.usage.UsageOfBatch.EarnedKey;
import io.streamsync.protocol.market.OperatorId;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The hourly sums of what operators earn, by class and method.
@Component
public class Earnings {

    /// One order for all batches, so that two of them do not wait for each other's rows.
    private static final Comparator<EarnedKey> ORDER = Comparator.comparing(EarnedKey::operator)
            .thenComparingLong(EarnedKey::hour)
            .thenComparing(EarnedKey::queryClass)
            .thenComparing(EarnedKey::method);

    /// The class and method under which stakers' shares stand.
    private static final String STAKERS = "stakers";

    private final JdbcClient jdbc;

    Earnings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// An operator's sums. Hours count whole: a period covers every hour that it touches.
    public List<EarnedBy> of(OperatorId operator, Instant from, Instant to, EarningsGrouping grouping) {
        return jdbc.sql("""
                select %s as key, sum(wins)::bigint queries, sum(checks)::bigint checks, sum(charged) charged,
                    sum(refunded) refunded, sum(earned) earned
                from usage_earned where operator_id = :operator
                  and hour >= date_trunc('hour', :from::timestamptz, 'UTC') and hour < :to
                group by key order by key""".formatted(grouping.key()))
                .param("operator", operator.value())
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .query((row, number) -> new EarnedBy(
                        row.getString("key"),
                        row.getLong("queries"),
                        row.getLong("checks"),
                        row.getBigDecimal("charged"),
                        row.getBigDecimal("refunded"),
                        row.getBigDecimal("earned")))
                .list();
    }

    /// What every operator answered and earned, in whole hours.
    public List<EarnedBy> ofAll(Instant from) {
        return jdbc.sql("""
                select operator_id as key, sum(wins)::bigint queries, sum(checks)::bigint checks,
                    sum(charged) charged, sum(refunded) refunded, sum(earned) earned
                from usage_earned where hour >= date_trunc('hour', :from::timestamptz, 'UTC')
                group by operator_id order by operator_id""")
                .param("from", Timestamp.from(from))
                .query((row, number) -> new EarnedBy(
                        row.getString("key"),
                        row.getLong("queries"),
                        row.getLong("checks"),
                        row.getBigDecimal("charged"),
                        row.getBigDecimal("refunded"),
                        row.getBigDecimal("earned")))
                .list();
    }

    /// Adds shares that stakes earned in an hour: a class and method of their own.
    public void share(Map<OperatorId, Long> shares, Instant at) {
        var hour = at.truncatedTo(ChronoUnit.HOURS).getEpochSecond();
        var sums = new HashMap<EarnedKey, Earned>();
        shares.forEach((operator, nano) -> {
            var earned = new Earned();
            earned.add(0, 0, 0, 0, nano);
            sums.put(new EarnedKey(operator.value(), hour, STAKERS, STAKERS), earned);
        });
        add(sums);
    }

    void add(Map<EarnedKey, Earned> sums) {
        if (sums.isEmpty()) {
            return;
        }
        var rows =
                sums.entrySet().stream().sorted(Map.Entry.comparingByKey(ORDER)).toList();
        jdbc.sql("""
                insert into usage_earned as u
                    (operator_id, hour, query_class, method, wins, checks, charged, refunded, earned)
                select operator, to_timestamp(hour), class, method, wins, checks, charged, refunded, earned
                from unnest(:operators, :hours, :classes, :methods, :wins, :checks, :charged, :refunded, :earned)
                    as b (operator, hour, class, method, wins, checks, charged, refunded, earned)
                on conflict (operator_id, hour, query_class, method) do update set wins = u.wins + excluded.wins,
                    checks = u.checks + excluded.checks, charged = u.charged + excluded.charged,
                    refunded = u.refunded + excluded.refunded, earned = u.earned + excluded.earned""")
                .param("operators", texts(rows, EarnedKey::operator))
                .param(
                        "hours",
                        rows.stream().mapToLong(row -> row.getKey().hour()).toArray())
                .param("classes", texts(rows, EarnedKey::queryClass))
                .param("methods", texts(rows, EarnedKey::method))
                .param("wins", numbers(rows, Earned::wins))
                .param("checks", numbers(rows, Earned::checks))
                .param("charged", numbers(rows, Earned::charged))
                .param("refunded", numbers(rows, Earned::refunded))
                .param("earned", numbers(rows, Earned::earned))
                .update();
    }

    private static String[] texts(List<Map.Entry<EarnedKey, Earned>> rows, Function<EarnedKey, String> column) {
        return rows.stream().map(row -> column.apply(row.getKey())).toArray(String[]::new);
    }

    private static long[] numbers(List<Map.Entry<EarnedKey, Earned>> rows, ToLongFunction<Earned> column) {
        return rows.stream()
                .mapToLong(row -> column.applyAsLong(row.getValue()))
                .toArray();
    }
}
