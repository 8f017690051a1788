package io.streamsync.billing.subscription;

import io.streamsync.billing.account.CustomerId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// One row per subscription, summed up as its records are posted.
@Component
public class Subscriptions {

    private final JdbcClient jdbc;

    Subscriptions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param charges of one stream in the order of their positions: a subscription has only one
    public void add(List<SubscriptionCharge> charges) {
        if (charges.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into subscription as s (subscription_id, account_id, method, operator_id, opened_at,
                    last_charged_at, notifications, charged)
                select id, min(account), min(method), (array_agg(operator order by number desc))[1],
                    to_timestamp(min(at) / 1000.0), to_timestamp(max(at) / 1000.0), sum(notifications), sum(charged)
                from unnest(:ids, :accounts, :methods, :operators, :at, :notifications, :charged) with ordinality
                    as c (id, account, method, operator, at, notifications, charged, number)
                group by id order by min(number)
                on conflict (subscription_id) do update set operator_id = excluded.operator_id,
                    last_charged_at = greatest(s.last_charged_at, excluded.last_charged_at),
                    notifications = s.notifications + excluded.notifications,
                    charged = s.charged + excluded.charged""")
                .param("ids", texts(charges, SubscriptionCharge::subscriptionId))
                .param("accounts", texts(charges, charge -> charge.customer().value()))
                .param("methods", texts(charges, SubscriptionCharge::method))
                .param("operators", texts(charges, charge -> charge.operator().value()))
                .param("at", numbers(charges, charge -> charge.at().toEpochMilli()))
                .param("notifications", numbers(charges, SubscriptionCharge::notifications))
                .param("charged", numbers(charges, SubscriptionCharge::charged))
                .update();
    }

    /// A customer's subscriptions that were open in a time, the one opened last first.
    List<Subscribed> ofCustomer(CustomerId customer, Instant from, Instant to, long before, int limit) {
        return jdbc.sql("""
                select place, subscription_id, method, operator_id, opened_at, last_charged_at, notifications, charged
                from subscription
                where account_id = ? and place < ? and last_charged_at >= ? and opened_at < ?
                order by place desc limit ?""")
                .params(customer.value(), before, Timestamp.from(from), Timestamp.from(to), limit)
                .query((row, number) -> new Subscribed(
                        row.getLong("place"),
                        row.getString("subscription_id"),
                        row.getString("method"),
                        row.getString("operator_id"),
                        row.getTimestamp("opened_at").toInstant(),
                        row.getTimestamp("last_charged_at").toInstant(),
                        row.getLong("notifications"),
                        row.getLong("charged")))
                .list();
    }

    /// Those that were charged for the last time before this moment; at most so many.
    ///
    /// @return how many there were
    int forget(Instant until, int most) {
        return jdbc.sql("""
                delete from subscription where subscription_id in
                    (select subscription_id from subscription where last_charged_at < ? limit ?)""").params(Timestamp.from(until), most).update();
    }

    private static String[] texts(List<SubscriptionCharge> charges, Function<SubscriptionCharge, String> column) {
        return charges.stream().map(column).toArray(String[]::new);
    }

    private static long[] numbers(List<SubscriptionCharge> charges, ToLongFunction<SubscriptionCharge> column) {
        return charges.stream().mapToLong(column).toArray();
    }
}
