package io.streamsync.billing.usage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Folds what batches added by customer and operator into the hourly sums. Whoever reads both in one statement sees
/// the same before and after.
@Component
public class UsageFolding {

    /// As many as a pass sums in memory: some 250 000 additions where batches are full.
    private static final int BATCHES = 64;

    /// As many as are made in a row, so that what else is scheduled is not held up for long: a tenth of them keep up
    /// with what two cores post.
    private static final int PASSES = 4;

    private static final Logger log = LoggerFactory.getLogger(UsageFolding.class);

    private final JdbcClient jdbc;

    UsageFolding(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The longer it waits, the fewer rows change, and the more a reader has to add up: at 5 000 races a second
    /// some 15 000 additions wait.
    @Scheduled(initialDelayString = "${streamsync.usage.fold:3s}", fixedDelayString = "${streamsync.usage.fold:3s}")
    void foldDue() {
        try {
            var left = PASSES;
            while (left > 0 && fold() == BATCHES) {
                left--;
            }
        } catch (RuntimeException e) {
            log.atWarn()
                    .setMessage("usage stays unfolded, trying again")
                    .addKeyValue("reason", e.getMessage())
                    .log();
        }
    }

    /// Until nothing is left to fold but what another instance has in hand.
    public void foldAll() {
        while (fold() == BATCHES) {
            // more may be waiting
        }
    }

    /// @return how many batches it folded
    private int fold() {
        return jdbc.sql("""
                with batch as (
                    delete from usage_batch where id = any (array(
                        select id from usage_batch order by id limit :batches for update skip locked))
                    returning *),
                folded as (
                    insert into usage_operator as u (account_id, hour, operator_id, queries, charged, refunded)
                    select account_id, to_timestamp(hour), operator_id, sum(one.queries)::bigint, sum(one.charged),
                        sum(one.refunded)
                    from batch b, unnest(b.account_ids, b.hours, b.operator_ids, b.queries, b.charged, b.refunded)
                        as one (account_id, hour, operator_id, queries, charged, refunded)
                    group by account_id, hour, operator_id order by account_id, hour, operator_id
                    on conflict (account_id, hour, operator_id) do update set queries = u.queries + excluded.queries,
                        charged = u.charged + excluded.charged, refunded = u.refunded + excluded.refunded)
                select count(*) from batch""").param("batches", BATCHES).query(Integer.class).single();
    }
}
