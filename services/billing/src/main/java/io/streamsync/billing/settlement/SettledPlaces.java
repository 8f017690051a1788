package io.streamsync.billing.settlement;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finds the windows that have records: no row per record is kept for it.
@Component
public class SettledPlaces {

    private final JdbcClient jdbc;

    SettledPlaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Empty while the record is not sealed.
    public Optional<SettledPlace> find(int router, int incarnation, long position) {
        return Optional.ofNullable(find(router, incarnation, List.of(position)).get(position));
    }

    /// The places of those of these positions of one stream that are sealed.
    Map<Long, SettledPlace> find(int router, int incarnation, Collection<Long> positions) {
        var places = new HashMap<Long, SettledPlace>();
        jdbc.sql("""
                select p.position, s.epoch, r.first_leaf + p.position - r.from_position leaf
                from unnest(:positions) as p (position)
                cross join lateral (select * from settlement_range
                    where router = :router and incarnation = :incarnation and from_position <= p.position
                    order by from_position desc limit 1) r
                join settlement s on s.place = r.place
                where r.to_position > p.position""")
                .param("router", router)
                .param("incarnation", incarnation)
                .param(
                        "positions",
                        positions.stream().mapToLong(Long::longValue).toArray())
                .query(row -> {
                    places.put(row.getLong("position"), new SettledPlace(row.getLong("epoch"), row.getLong("leaf")));
                });
        return places;
    }
}
