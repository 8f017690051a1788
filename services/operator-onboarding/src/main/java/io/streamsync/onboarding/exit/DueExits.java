package io.streamsync.onboarding.exit;

import io.streamsync.protocol.market.OperatorId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Exits that nothing holds up any more, as far as a look without a lock can tell: those that wait for a week cost
/// nothing meanwhile.
@Repository
class DueExits {

    /// One round's work; the rest is the next one's.
    private static final int AT_ONCE = 100;

    private final JdbcClient jdbc;

    DueExits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<OperatorId> at(Instant now) {
        return jdbc.sql("""
                        select o.operator_id from operator o
                        where o.state = 'EXITING'
                            and not exists (
                                select 1 from stake_unbonding u
                                where u.operator_id = o.operator_id and u.state = 'UNBONDING'
                                    and u.available_at > :now)
                            and not exists (
                                select 1 from stake s
                                where s.operator_id = o.operator_id and s.bonded + s.escrowed > 0)
                            and not exists (
                                select 1 from node n
                                where n.operator_id = o.operator_id and n.state <> 'DELISTED')
                        order by o.operator_id limit :limit""")
                .param("now", Timestamp.from(now))
                .param("limit", AT_ONCE)
                .query((row, n) -> new OperatorId(row.getString("operator_id")))
                .list();
    }
}
