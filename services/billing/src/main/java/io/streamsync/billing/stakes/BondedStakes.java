package io.streamsync.billing.stakes;

import io.streamsync.protocol.market.OperatorId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What operators had bonded at a time.
@Component
public class BondedStakes {

    private final JdbcClient jdbc;

    BondedStakes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// By the times of the changes, not of their booking; nano-STRM, of operators with any. What is bonded now, less
    /// what changed since: one statement, so that both are of one moment.
    public Map<OperatorId, Long> at(Instant time) {
        var stakes = new HashMap<OperatorId, Long>();
        jdbc.sql("""
                with later as (
                    select e.account_id, sum(e.amount) amount
                    from ledger_batch b join ledger_entry e on e.batch_id = b.id
                    where b.kind = 'STAKE' and b.occurred_at >= ? group by e.account_id)
                select split_part(a.name, ':', 2) operator_id, (a.balance - coalesce(later.amount, 0))::bigint stake
                from ledger_account a left join later on later.account_id = a.id
                where a.asset = 'STRM' and a.name like 'operator:%:stake' and a.balance > coalesce(later.amount, 0)""").param(Timestamp.from(time)).query(row -> {
            stakes.put(new OperatorId(row.getString("operator_id")), row.getLong("stake"));
        });
        return stakes;
    }
}
