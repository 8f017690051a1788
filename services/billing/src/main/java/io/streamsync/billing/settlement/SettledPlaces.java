package io.streamsync.billing.settlement;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Finds the window that has a record: no row per record is kept for it.
@Component
public class SettledPlaces {

    private final JdbcClient jdbc;

    SettledPlaces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Empty while the record is not sealed.
    public Optional<SettledPlace> find(int router, int incarnation, long position) {
        return jdbc.sql("""
                select s.epoch, r.first_leaf + :position - r.from_position leaf
                from (select * from settlement_range
                    where router = :router and incarnation = :incarnation and from_position <= :position
                    order by from_position desc limit 1) r join settlement s on s.place = r.place
                where r.to_position > :position""")
                .param("router", router)
                .param("incarnation", incarnation)
                .param("position", position)
                .query((row, number) -> new SettledPlace(row.getLong("epoch"), row.getLong("leaf")))
                .optional();
    }
}
