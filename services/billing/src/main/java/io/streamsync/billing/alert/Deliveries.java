package io.streamsync.billing.alert;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.alert.Delivery.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Deliveries as they are kept.
@Repository
class Deliveries {

    /// Alerts that one customer has on their way at once: more tell it nothing new.
    private static final int MOST_PENDING = 20;

    private static final Duration KEPT = Duration.ofDays(30);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Deliveries(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    int room(CustomerId customer) {
        return MOST_PENDING
                - jdbc.sql("select count(*) from alert_delivery where account_id = ? and status = 'PENDING'")
                        .param(customer.value())
                        .query(Integer.class)
                        .single();
    }

    void add(CustomerId customer, Alert alert, Instant now) {
        jdbc.sql("""
                insert into alert_delivery (id, account_id, type, body, status, created_at, next_try_at)
                values (:id, :account, :type, :body, 'PENDING', :now, :now)""")
                .param("id", "msg_" + UUID.randomUUID())
                .param("account", customer.value())
                .param("type", alert.type().wireName())
                .param("body", body(alert, now))
                .param("now", Timestamp.from(now))
                .update();
    }

    private String body(Alert alert, Instant now) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", alert.type().wireName());
        body.put("timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString());
        body.put("data", new TreeMap<>(alert.facts()));
        return json.writeValueAsString(body);
    }

    /// Takes up what is due, of each customer what has been due longest: it is the caller's until then, and anybody's
    /// afterwards.
    ///
    /// @param busy customers who are left out
    /// @param slow whether of customers whose webhook was slow at its last call, or of the others
    List<Delivery> claim(Instant now, Instant until, Set<CustomerId> busy, boolean slow, int most) {
        return jdbc.sql("""
                with turn as (
                    select distinct on (d.account_id) d.id, d.next_try_at
                    from alert_delivery d left join alert_watch w on w.account_id = d.account_id
                    where d.status = 'PENDING' and d.next_try_at <= :now
                        and coalesce(w.slow, false) = :slow and d.account_id <> all (:busy)
                    order by d.account_id, d.next_try_at, d.number),
                due as (
                    select d.id from turn join alert_delivery d on d.id = turn.id
                    where d.status = 'PENDING' and d.next_try_at <= :now
                    order by turn.next_try_at limit :most for update of d skip locked)
                update alert_delivery d set tries = tries + 1, next_try_at = :until
                from due where d.id = due.id returning d.*""")
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .param("busy", busy.stream().map(CustomerId::value).toArray(String[]::new))
                .param("slow", slow)
                .param("most", most)
                .query(Deliveries::delivery)
                .list();
    }

    void save(Delivery tried) {
        jdbc.sql("""
                update alert_delivery set status = :status, next_try_at = :next, last_answer = :answer
                where id = :id and status = 'PENDING'""")
                .param("status", tried.status().name())
                .param("next", Timestamp.from(tried.nextTryAt()))
                .param("answer", tried.lastAnswer())
                .param("id", tried.id())
                .update();
    }

    void forgetOld(Instant now) {
        jdbc.sql("delete from alert_delivery where status <> 'PENDING' and created_at < ?")
                .param(Timestamp.from(now.minus(KEPT)))
                .update();
    }

    /// A customer's, newest first.
    List<Listed> of(CustomerId customer, long before, int limit) {
        return jdbc.sql("select * from alert_delivery where account_id = ? and number < ? order by number desc limit ?")
                .params(customer.value(), before, limit)
                .query((row, number) -> new Listed(row.getLong("number"), delivery(row, number)))
                .list();
    }

    private static Delivery delivery(ResultSet row, int number) throws SQLException {
        return new Delivery(
                row.getString("id"),
                new CustomerId(row.getString("account_id")),
                row.getString("type"),
                row.getString("body"),
                Status.valueOf(row.getString("status")),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("next_try_at").toInstant(),
                row.getInt("tries"),
                row.getString("last_answer"));
    }

    /// @param number of its place among all
    record Listed(long number, Delivery delivery) {}
}
