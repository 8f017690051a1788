package io.streamsync.billing.alert;

import io.streamsync.billing.account.CustomerId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The customers' thresholds. A state is written over the version that it was read from, or not at all.
@Repository
class Watches {

    /// All sums at one moment: money that moves between available and leased is seen once.
    private static final String WITH_FUNDS = """
            select w.*, coalesce(available.balance, 0) + coalesce(leased.balance, 0) as balance,
                coalesce(used.this_hour, 0) as this_hour, coalesce(used.hour_before, 0) as hour_before
            from alert_watch w
            left join ledger_account available
                on available.name = 'customer:' || w.account_id || ':available' and available.asset = 'USDC'
            left join ledger_account leased
                on leased.name = 'customer:' || w.account_id || ':leased' and leased.asset = 'USDC'
            left join lateral (
                select sum(charged - refunded) filter (where hour >= :hour)::bigint as this_hour,
                    sum(charged - refunded) filter (where hour < :hour)::bigint as hour_before
                from usage_method u
                where u.account_id = w.account_id and w.runway_minutes is not null and u.hour >= :hourBefore) used on true
            where w.account_id > :after and w.webhook_url is not null
                and (w.low_balance is not null or w.runway_minutes is not null)
            order by w.account_id limit :limit""";

    private final JdbcClient jdbc;

    Watches(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Watch find(CustomerId customer) {
        return row("select * from alert_watch where account_id = ?", customer);
    }

    Watch lock(CustomerId customer) {
        return row("select * from alert_watch where account_id = ? for update", customer);
    }

    private Watch row(String sql, CustomerId customer) {
        return jdbc.sql(sql)
                .param(customer.value())
                .query(Watches::watch)
                .optional()
                .orElseGet(() -> Watch.none(customer));
    }

    /// Watches in the order of their customers, each with what it watches.
    List<Watched> after(String customer, Instant now, int limit) {
        var hour = now.truncatedTo(ChronoUnit.HOURS);
        return jdbc.sql(WITH_FUNDS)
                .param("hour", Timestamp.from(hour))
                .param("hourBefore", Timestamp.from(hour.minus(1, ChronoUnit.HOURS)))
                .param("after", customer)
                .param("limit", limit)
                .query((row, number) -> new Watched(
                        watch(row, number),
                        Funds.of(row.getLong("balance"), row.getLong("this_hour"), row.getLong("hour_before"), now)))
                .list();
    }

    /// Whether it was written: false when somebody else wrote since it was read.
    boolean save(Watch next) {
        return jdbc.sql("""
                        insert into alert_watch as w
                            (account_id, low_balance, runway_minutes, webhook_url, secret, low_told, runway_told, version)
                        select :account, :lowBalance, :runwayMinutes, :url, :secret, :lowTold, :runwayTold, 1
                        on conflict (account_id) do update
                            set low_balance = excluded.low_balance, runway_minutes = excluded.runway_minutes,
                                webhook_url = excluded.webhook_url, secret = excluded.secret,
                                low_told = excluded.low_told, runway_told = excluded.runway_told,
                                version = w.version + 1
                            where w.version = :version""")
                        .param("account", next.customer().value())
                        .param("lowBalance", next.terms().lowBalance())
                        .param("runwayMinutes", next.terms().runwayMinutes())
                        .param("url", next.terms().webhookUrl())
                        .param("secret", next.secret())
                        .param("lowTold", next.lowTold())
                        .param("runwayTold", next.runwayTold())
                        .param("version", next.version())
                        .update()
                == 1;
    }

    /// Notes whether a customer's webhook was slow. No part of the state: whoever writes that neither waits for it nor
    /// loses it.
    void note(CustomerId customer, boolean slow) {
        jdbc.sql("update alert_watch set slow = :slow where account_id = :account and slow <> :slow")
                .param("slow", slow)
                .param("account", customer.value())
                .update();
    }

    private static Watch watch(ResultSet row, int number) throws SQLException {
        return new Watch(
                new CustomerId(row.getString("account_id")),
                new AlertTerms(
                        row.getObject("low_balance", Long.class),
                        row.getObject("runway_minutes", Integer.class),
                        row.getString("webhook_url")),
                row.getString("secret"),
                row.getBoolean("low_told"),
                row.getBoolean("runway_told"),
                row.getLong("version"));
    }

    record Watched(Watch watch, Funds funds) {}
}
