package io.streamsync.reputation.score;

import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The tallies in the database.
@Repository
class Tallies {

    private final JdbcClient jdbc;

    Tallies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(SortedMap<TallyKey, Long> counts) {
        var keys = counts.keySet();
        jdbc.sql("""
                        insert into score_tally (subject, tally, query_class, count)
                        select * from unnest(:subjects::text[], :tallies::text[], :classes::text[], :counts::bigint[])
                        on conflict (subject, tally, query_class) do update
                        set count = score_tally.count + excluded.count
                        """)
                .param("subjects", keys.stream().map(TallyKey::subject).toArray(String[]::new))
                .param("tallies", keys.stream().map(key -> key.tally().name()).toArray(String[]::new))
                .param("classes", keys.stream().map(TallyKey::queryClass).toArray(String[]::new))
                .param("counts", counts.values().toArray(Long[]::new))
                .update();
    }

    /// The tally of each subject over all classes; a subject without one is absent.
    Map<String, Long> of(Collection<String> subjects, Tally tally) {
        return jdbc
                .sql("""
                        select subject, sum(count)::bigint as count from score_tally
                        where subject = any(:subjects) and tally = :tally
                        group by subject
                        """)
                .param("subjects", subjects.toArray(String[]::new))
                .param("tally", tally.name())
                .query((row, n) -> Map.entry(row.getString("subject"), row.getLong("count")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
