package io.streamsync.billing.reconciliation;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// All runs of the last months.
@Repository
class Reconciliations {

    private static final Duration KEPT = Duration.ofDays(90);

    private final JdbcClient jdbc;

    Reconciliations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Reconciliation run) {
        var id = jdbc.sql("insert into reconciliation (at, fits) values (?, ?) returning id")
                .params(Timestamp.from(run.at()), run.fits())
                .query(Long.class)
                .single();
        for (var place = 0; place < run.checks().size(); place++) {
            var check = run.checks().get(place);
            jdbc.sql("""
                    insert into reconciliation_check (reconciliation_id, place, name, fits, expected, actual, detail)
                    values (?, ?, ?, ?, ?, ?, ?)""")
                    .params(id, place, check.check(), check.fits(), check.expected(), check.actual(), check.detail())
                    .update();
        }
        jdbc.sql("delete from reconciliation where at < ?")
                .param(Timestamp.from(run.at().minus(KEPT)))
                .update();
    }

    /// The last ones, newest first.
    List<Reconciliation> latest(int limit) {
        Map<Long, List<Check>> checks = new TreeMap<>((one, other) -> Long.compare(other, one));
        Map<Long, Instant> times = new TreeMap<>();
        jdbc.sql("""
                select r.id, r.at, c.name, c.fits, c.expected, c.actual, c.detail
                from (select id, at from reconciliation order by id desc limit ?) r
                join reconciliation_check c on c.reconciliation_id = r.id order by r.id desc, c.place""").param(limit).query(row -> {
            var id = row.getLong("id");
            times.put(id, row.getTimestamp("at").toInstant());
            checks.computeIfAbsent(id, _ -> new ArrayList<>())
                    .add(new Check(
                            row.getString("name"),
                            row.getBoolean("fits"),
                            row.getString("expected"),
                            row.getString("actual"),
                            row.getString("detail")));
        });
        return checks.entrySet().stream()
                .map(run -> Reconciliation.of(times.getOrDefault(run.getKey(), Instant.EPOCH), run.getValue()))
                .toList();
    }
}
