package io.streamsync.reputation.score;

import io.streamsync.protocol.score.DecayedMean;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The decayed means in the database.
@Repository
class Means {

    private final JdbcClient jdbc;

    Means(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The means of these keys, held until the transaction ends; empty ones where there were none.
    Map<MeanKey, DecayedMean> lock(SortedSet<MeanKey> keys) {
        create(keys);
        return byKey(jdbc.sql("""
                        select m.* from score_mean m
                        join unnest(:subjects::text[], :measures::text[], :classes::text[]) as k (subject, measure, query_class)
                          on (m.subject, m.measure, m.query_class) = (k.subject, k.measure, k.query_class)
                        order by m.subject, m.measure, m.query_class
                        for update of m
                        """)
                .param("subjects", texts(keys, MeanKey::subject))
                .param("measures", texts(keys, key -> key.measure().name()))
                .param("classes", texts(keys, MeanKey::queryClass))
                .query(Means::row)
                .list());
    }

    /// Saves means that were locked, and notes that they moved.
    void save(Map<MeanKey, DecayedMean> means) {
        var keys = means.keySet();
        jdbc.sql("""
                        update score_mean m
                        set sum = n.sum, weight = n.weight, at = n.at::timestamptz, moved = true
                        from unnest(:subjects::text[], :measures::text[], :classes::text[],
                                    :sums::float8[], :weights::float8[], :ats::text[])
                          as n (subject, measure, query_class, sum, weight, at)
                        where (m.subject, m.measure, m.query_class) = (n.subject, n.measure, n.query_class)
                        """)
                .param("subjects", texts(keys, MeanKey::subject))
                .param("measures", texts(keys, key -> key.measure().name()))
                .param("classes", texts(keys, MeanKey::queryClass))
                .param("sums", means.values().stream().map(DecayedMean::sum).toArray(Double[]::new))
                .param(
                        "weights",
                        means.values().stream().map(DecayedMean::weight).toArray(Double[]::new))
                .param("ats", texts(means.values(), mean -> mean.at().toString()))
                .update();
    }

    Map<MeanKey, DecayedMean> of(Collection<String> subjects) {
        return byKey(jdbc.sql("select * from score_mean where subject = any(:subjects)")
                .param("subjects", texts(subjects, Function.identity()))
                .query(Means::row)
                .list());
    }

    /// The keys of the means that moved since this was asked last. One that is being moved right now is left for the
    /// next time: waiting for it would cross the order of locks.
    List<MeanKey> takeMoved() {
        return jdbc.sql("""
                        update score_mean set moved = false
                        where ctid = any(array(select ctid from score_mean where moved for update skip locked))
                        returning subject, measure, query_class
                        """).query((row, n) -> key(row)).list();
    }

    private void create(SortedSet<MeanKey> keys) {
        jdbc.sql("""
                        insert into score_mean (subject, measure, query_class, sum, weight, at, moved)
                        select k.subject, k.measure, k.query_class, 0, 0, '1970-01-01Z', false
                        from unnest(:subjects::text[], :measures::text[], :classes::text[])
                          as k (subject, measure, query_class)
                        on conflict do nothing
                        """)
                .param("subjects", texts(keys, MeanKey::subject))
                .param("measures", texts(keys, key -> key.measure().name()))
                .param("classes", texts(keys, MeanKey::queryClass))
                .update();
    }

    private static <T> String[] texts(Collection<T> all, Function<T, String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }

    private static Map<MeanKey, DecayedMean> byKey(SequencedCollection<Row> rows) {
        var means = new TreeMap<MeanKey, DecayedMean>();
        rows.forEach(row -> means.put(row.key(), row.mean()));
        return means;
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        Instant at = row.getTimestamp("at").toInstant();
        return new Row(key(row), new DecayedMean(row.getDouble("sum"), row.getDouble("weight"), at));
    }

    private static MeanKey key(ResultSet row) throws SQLException {
        return new MeanKey(
                row.getString("subject"), Measure.valueOf(row.getString("measure")), row.getString("query_class"));
    }

    private record Row(MeanKey key, DecayedMean mean) {}
}
