package io.streamsync.billing.account;

import io.streamsync.protocol.draw.WrittenTerms;
import io.streamsync.protocol.market.OperatorId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;

/// Keys by hash and by account.
@Repository
class AccountKeys {

    private static final String KEY = """
            select id, account_id, hash, name, scope, max_price, daily_cap, rate_cap, max_subscriptions,
                max_connections, max_latency_ms, prefer, racers, quorum, operators, exclude_operators, created_at,
                revoked_at
            from account_key\s""";

    private final JdbcClient jdbc;

    AccountKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(AccountKey key) {
        kept(jdbc.sql("""
                insert into account_key
                    (id, account_id, hash, name, scope, max_price, daily_cap, rate_cap, max_subscriptions,
                     max_connections, max_latency_ms, prefer, racers, quorum, operators, exclude_operators, created_at)
                values (:id, :account, :hash, :name, :scope, :maxPrice, :dailyCap, :rateCap, :maxSubscriptions,
                     :maxConnections, :maxLatencyMs, :prefer, :racers, :quorum, :operators, :excludeOperators,
                     :createdAt)"""), key)
                .param("account", key.customer().value())
                .param("hash", key.hash())
                .param("scope", key.terms().scope().wireName())
                .param("createdAt", Timestamp.from(key.createdAt()))
                .update();
    }

    /// What may change of a key.
    void save(AccountKey key) {
        kept(jdbc.sql("""
                update account_key
                set name = :name, max_price = :maxPrice, daily_cap = :dailyCap, rate_cap = :rateCap,
                    max_subscriptions = :maxSubscriptions, max_connections = :maxConnections,
                    max_latency_ms = :maxLatencyMs, prefer = :prefer, racers = :racers, quorum = :quorum,
                    operators = :operators, exclude_operators = :excludeOperators, revoked_at = :revokedAt
                where id = :id"""), key)
                .param("revokedAt", key.revokedAt() == null ? null : Timestamp.from(key.revokedAt()))
                .update();
    }

    private static StatementSpec kept(StatementSpec statement, AccountKey key) {
        var limits = key.terms().limits();
        var choice = key.terms().choice();
        return statement
                .param("id", key.id())
                .param("name", key.terms().name())
                .param("maxPrice", limits.maxPrice())
                .param("dailyCap", limits.dailyCap())
                .param("rateCap", limits.rateCap())
                .param("maxSubscriptions", limits.maxSubscriptions())
                .param("maxConnections", limits.maxConnections())
                .param("maxLatencyMs", choice.maxLatencyMs())
                .param("prefer", choice.preferText())
                .param("racers", choice.racersText())
                .param("quorum", choice.quorum())
                .param("operators", array(choice.operators()))
                .param("excludeOperators", array(choice.excludeOperators()));
    }

    private static String @Nullable [] array(@Nullable List<OperatorId> operators) {
        return operators == null
                ? null
                : operators.stream().map(OperatorId::value).toArray(String[]::new);
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

    List<KeyCap> caps(Collection<String> ids) {
        return jdbc.sql("select id, account_id, daily_cap from account_key where id = any (?) and revoked_at is null")
                .param(ids.toArray(String[]::new))
                .query((row, number) -> new KeyCap(
                        row.getString("id"),
                        new CustomerId(row.getString("account_id")),
                        row.getObject("daily_cap", Long.class)))
                .list();
    }

    private static AccountKey key(ResultSet row, int number) throws SQLException {
        return new AccountKey(
                row.getString("id"),
                new CustomerId(row.getString("account_id")),
                row.getString("hash"),
                new KeyTerms(
                        row.getString("name"),
                        Scope.ofWireName(row.getString("scope")).orElseThrow(),
                        limits(row),
                        choice(row)),
                row.getTimestamp("created_at").toInstant(),
                instant(row.getTimestamp("revoked_at")));
    }

    private static KeyLimits limits(ResultSet row) throws SQLException {
        return new KeyLimits(
                row.getObject("max_price", Long.class),
                row.getObject("daily_cap", Long.class),
                row.getObject("rate_cap", Integer.class),
                row.getObject("max_subscriptions", Integer.class),
                row.getObject("max_connections", Integer.class));
    }

    private static KeyChoice choice(ResultSet row) throws SQLException {
        var prefer = row.getString("prefer");
        var racers = row.getString("racers");
        return new KeyChoice(
                row.getObject("max_latency_ms", Integer.class),
                prefer == null ? null : WrittenTerms.preference(prefer),
                racers == null ? null : WrittenTerms.racers(racers),
                row.getObject("quorum", Boolean.class),
                operators(row.getArray("operators")),
                operators(row.getArray("exclude_operators")));
    }

    private static @Nullable List<OperatorId> operators(@Nullable Array ids) throws SQLException {
        return ids == null ? null : WrittenTerms.operators(List.of((String[]) ids.getArray()));
    }

    private static java.time.@Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
