package io.streamsync.billing.earning;

import io.streamsync.billing.earning.Hold.Matured;
import io.streamsync.protocol.market.OperatorId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads held earnings off the ledger's entries, which are the only record of when each was booked.
@Repository
class Holds {

    /// Operators released in one round.
    private static final int OPERATORS = 100;

    /// Entries counted in one transaction.
    private static final int ENTRIES = 1_000;

    private final JdbcClient jdbc;

    Holds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Operators with earnings that were booked until then and are still held, longest first.
    List<OperatorId> due(Instant until) {
        return jdbc.sql("""
                select operator_id from (
                select split_part(a.name, ':', 2) operator_id, first.posted_at from ledger_account a
                left join earning_hold h on h.operator_id = split_part(a.name, ':', 2)
                cross join lateral (
                    select b.posted_at from ledger_entry e join ledger_batch b on b.id = e.batch_id
                    where e.account_id = a.id and e.batch_id > coalesce(h.through, 0) and b.kind <> 'HOLD'
                    order by e.batch_id limit 1) first
                where a.name like 'operator:%:held' and a.balance > 0 and first.posted_at <= :until
                union all
                select t.operator_id, b.posted_at from earning_taken t join ledger_batch b on b.id = t.batch_id
                where b.posted_at <= :until) operator
                group by operator_id order by min(posted_at) limit :limit""")
                .param("until", Timestamp.from(until))
                .param("limit", OPERATORS)
                .query((row, number) -> new OperatorId(row.getString("operator_id")))
                .list();
    }

    Hold find(OperatorId operator) {
        return jdbc.sql("select through, due from earning_hold where operator_id = ?")
                .param(operator.value())
                .query((row, number) -> new Hold(row.getLong("through"), row.getLong("due")))
                .optional()
                .orElse(Hold.NEW);
    }

    void save(OperatorId operator, Hold hold) {
        jdbc.sql("""
                insert into earning_hold (operator_id, through, due) values (?, ?, ?)
                on conflict (operator_id) do update set through = excluded.through, due = excluded.due""").params(operator.value(), hold.through(), hold.due()).update();
    }

    /// What was booked after the hold's last batch and until then, oldest first; releases count nothing. A batch in
    /// which a verdict took as much as was earned has no entry: it counts nothing, but its time is over too.
    List<Matured> matured(OperatorId operator, Hold hold, Instant until) {
        return jdbc
                .sql("""
                select batch_id, sum(amount) amount, min(posted_at) posted_at from (
                    (select e.batch_id, case when b.kind = 'HOLD' then 0 else e.amount end amount, b.posted_at
                    from ledger_entry e join ledger_batch b on b.id = e.batch_id
                    where e.account_id = (select id from ledger_account where name = :name and asset = 'USDC')
                      and e.batch_id > :through
                    order by e.batch_id limit :limit)
                    union all
                    (select t.batch_id, 0, b.posted_at from earning_taken t join ledger_batch b on b.id = t.batch_id
                    where t.operator_id = :operator and t.batch_id > :through
                    order by t.batch_id limit :limit)) booked
                group by batch_id order by batch_id limit :limit""")
                .param("name", "operator:" + operator + ":held")
                .param("operator", operator.value())
                .param("through", hold.through())
                .param("limit", ENTRIES)
                .query((row, number) -> new Booked(
                        new Matured(row.getLong("batch_id"), row.getLong("amount")),
                        row.getTimestamp("posted_at").toInstant()))
                .list()
                .stream()
                .takeWhile(booked -> !booked.at().isAfter(until))
                .map(Booked::entry)
                .toList();
    }

    private record Booked(Matured entry, Instant at) {}
}
