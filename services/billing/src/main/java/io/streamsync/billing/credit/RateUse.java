package io.streamsync.billing.credit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Which routers use up a rate cap of a key or an account right now: each of them has an equal share of it.
@Component
@Transactional(propagation = Propagation.MANDATORY)
class RateUse {

    /// A router tells every half second; one that is not heard of for so long has gone or has nothing to ask.
    private static final int HEARD_SECONDS = 3;

    private final JdbcClient jdbc;

    RateUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Notes that this router uses these caps.
    ///
    /// @return how many routers use each of them, this one included
    Map<Holder, Integer> shared(int router, Collection<Holder> holders) {
        if (holders.isEmpty()) {
            return Map.of();
        }
        var accounts = holders.stream().map(Holder::accountId).toArray(String[]::new);
        var keys = holders.stream().map(Holder::keyOrNone).toArray(String[]::new);
        jdbc.sql("""
                insert into credit_rate_use as u (account_id, key_id, router, seen_at)
                select account, key, :router, clock_timestamp() from unnest(:accounts, :keys) as h (account, key)
                on conflict (account_id, key_id, router) do update set seen_at = excluded.seen_at""")
                .param("router", router)
                .param("accounts", accounts)
                .param("keys", keys)
                .update();
        return users(accounts, keys).stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// What was true for three seconds a day ago. Routers write in other rows, or in these again.
    void prune() {
        jdbc.sql("delete from credit_rate_use where seen_at < clock_timestamp() - interval '1 day'")
                .update();
    }

    private List<Map.Entry<Holder, Integer>> users(String[] accounts, String[] keys) {
        return jdbc.sql("""
                select account_id, key_id, count(*) as routers
                from credit_rate_use join unnest(:accounts, :keys) as h (account, key)
                    on account_id = account and key_id = key
                where seen_at > clock_timestamp() - make_interval(secs => :heard)
                group by account_id, key_id""")
                .param("accounts", accounts)
                .param("keys", keys)
                .param("heard", HEARD_SECONDS)
                .query((row, number) -> Map.entry(
                        Holder.of(row.getString("account_id"), row.getString("key_id")), row.getInt("routers")))
                .list();
    }

    /// Whose cap it is.
    ///
    /// @param keyId null for the account's
    record Holder(String accountId, @Nullable String keyId) {

        private static final String NO_KEY = "";

        static Holder of(String accountId, String keyOrNone) {
            return new Holder(accountId, keyOrNone.equals(NO_KEY) ? null : keyOrNone);
        }

        String keyOrNone() {
            return keyId == null ? NO_KEY : keyId;
        }
    }
}
