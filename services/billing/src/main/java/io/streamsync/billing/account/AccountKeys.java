package io.streamsync.billing.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Keys by hash and by account.
@Repository
class AccountKeys {

    private static final String KEY =
            "select id, account_id, hash, name, scope, max_price, daily_cap, rate_cap, created_at, revoked_at"
                    + " from account_key ";

    private final JdbcClient jdbc;

    AccountKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(AccountKey key) {
        jdbc.sql("""
                insert into account_key
                    (id, account_id, hash, name, scope, max_price, daily_cap, rate_cap, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .param(key.id())
                .param(key.customer().value())
                .param(key.hash())
                .param(key.terms().name())
                .param(key.terms().scope().wireName())
                .param(key.terms().maxPrice())
                .param(key.terms().dailyCap())
                .param(key.terms().rateCap())
                .param(Timestamp.from(key.createdAt()))
                .update();
    }

    void save(AccountKey key) {
        jdbc.sql("update account_key set revoked_at = ? where id = ?")
                .param(key.revokedAt() == null ? null : Timestamp.from(key.revokedAt()))
                .param(key.id())
                .update();
    }

    Optional<AccountKey> byHash(String hash) {
        return jdbc.sql(KEY + "where hash = ?")
                .param(hash)
                .query(AccountKeys::key)
                .optional();
    }

    /// Keys that are not revoked, oldest first.
    List<AccountKey> valid(CustomerId customer, String afterId, int limit) {
        return jdbc.sql(KEY + """
                where account_id = :account and revoked_at is null
                   and (:after = '' or (created_at, id) > (select created_at, id from account_key where id = :after))
                 order by created_at, id limit :limit""")
                .param("account", customer.value())
                .param("after", afterId)
                .param("limit", limit)
                .query(AccountKeys::key)
                .list();
    }

    Optional<AccountKey> find(CustomerId customer, String id) {
        return jdbc.sql(KEY + "where account_id = ? and id = ?")
                .params(customer.value(), id)
                .query(AccountKeys::key)
                .optional();
    }

    private static AccountKey key(ResultSet row, int number) throws SQLException {
        return new AccountKey(
                row.getString("id"),
                new CustomerId(row.getString("account_id")),
                row.getString("hash"),
                new KeyTerms(
                        row.getString("name"),
                        Scope.ofWireName(row.getString("scope")).orElseThrow(),
                        row.getObject("max_price", Long.class),
                        row.getObject("daily_cap", Long.class),
                        row.getObject("rate_cap", Integer.class)),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("revoked_at")));
    }

    private static java.time.@Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
