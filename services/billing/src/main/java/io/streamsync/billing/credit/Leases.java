package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.stream.StreamId;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// All leases. Locked in the order of their ids, and before accounts of the ledger.
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Leases {

    private static final String LEASE = """
            select id, account_id, key_id, day, router, incarnation, granted, posted, returned, unspent, state
            from credit_lease
            """;

    private final JdbcClient jdbc;

    Leases(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// These leases, locked.
    public List<Lease> lock(Collection<UUID> ids) {
        return jdbc.sql(LEASE + "where id = any (?) order by id for update")
                .param(ids.toArray(UUID[]::new))
                .query(Leases::lease)
                .list();
    }

    /// These leases and all open ones of the stream, locked.
    public List<Lease> lock(StreamId stream, Collection<UUID> ids) {
        return jdbc.sql(LEASE + """
                where id = any (?) or router = ? and incarnation = ? and state = 'OPEN'
                order by id for update""")
                .param(ids.toArray(UUID[]::new))
                .param(stream.router())
                .param(stream.incarnation())
                .query(Leases::lease)
                .list();
    }

    List<Lease> lockOpen(StreamId stream, Collection<CustomerId> customers) {
        return jdbc.sql(LEASE + """
                where router = ? and incarnation = ? and state = 'OPEN' and account_id = any (?)
                order by id for update""")
                .params(
                        stream.router(),
                        stream.incarnation(),
                        customers.stream().map(CustomerId::value).toArray(String[]::new))
                .query(Leases::lease)
                .list();
    }

    /// What routers that live hold of these customers' credit and have not spent. Nothing is locked: it says whom to
    /// ask, no more.
    @Transactional(propagation = Propagation.SUPPORTS)
    public List<HeldElsewhere> held(Collection<CustomerId> customers) {
        return jdbc.sql("""
                select l.router, l.account_id, coalesce(l.key_id, l.account_id) holder
                from credit_lease l join stream_router r using (router, incarnation)
                where l.state = 'OPEN' and l.account_id = any (?) and l.granted > l.posted and l.unspent > 0
                    and r.seen_at > now() - interval '60 seconds'
                order by l.router, holder""")
                .param(customers.stream().map(CustomerId::value).toArray(String[]::new))
                .query((row, number) -> new HeldElsewhere(
                        row.getInt("router"), new CustomerId(row.getString("account_id")), row.getString("holder")))
                .list();
    }

    /// What of these keys' leases of that day is out or spent.
    Map<String, Sums> ofKeys(Collection<String> keyIds, LocalDate day) {
        return jdbc
                .sql("""
                        select key_id, sum(case state when 'OPEN' then granted else posted end) as committed,
                            sum(posted) as posted
                        from credit_lease where key_id = any (?) and day = ? group by key_id""")
                .param(keyIds.toArray(String[]::new))
                .param(Date.valueOf(day))
                .query((row, number) ->
                        Map.entry(row.getString("key_id"), new Sums(row.getLong("committed"), row.getLong("posted"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Forgets the stream's leases, of which nothing can come any more.
    public int forget(StreamId ended) {
        return jdbc.sql("delete from credit_lease where router = ? and incarnation = ? and state = 'CLOSED'")
                .params(ended.router(), ended.incarnation())
                .update();
    }

    /// Saves what changed, new leases included.
    public void save(Collection<Lease> leases) {
        if (leases.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into credit_lease as l
                    (id, account_id, key_id, day, router, incarnation, granted, posted, returned, unspent, state)
                select id, account, key, day, router, incarnation, granted, posted, returned, unspent, state
                from unnest(:ids, :accounts, :keys, :days::date[], :routers, :incarnations, :granted, :posted,
                        :returned, :unspent, :states)
                    as c (id, account, key, day, router, incarnation, granted, posted, returned, unspent, state)
                on conflict (id) do update
                    set granted = excluded.granted, posted = excluded.posted, returned = excluded.returned,
                        unspent = excluded.unspent, state = excluded.state""")
                .param("ids", leases.stream().map(Lease::id).toArray(UUID[]::new))
                .param(
                        "accounts",
                        leases.stream().map(lease -> lease.customer().value()).toArray(String[]::new))
                .param("keys", ofKeyDays(leases, KeyDay::keyId))
                .param("days", ofKeyDays(leases, keyDay -> keyDay.day().toString()))
                .param("routers", numbers(leases, lease -> lease.stream().router()))
                .param("incarnations", numbers(leases, lease -> lease.stream().incarnation()))
                .param("granted", numbers(leases, Lease::granted))
                .param("posted", numbers(leases, Lease::posted))
                .param("returned", numbers(leases, Lease::returned))
                .param("unspent", numbers(leases, Lease::unspent))
                .param(
                        "states",
                        leases.stream()
                                .map(lease -> lease.open() ? "OPEN" : "CLOSED")
                                .toArray(String[]::new))
                .update();
    }

    private static long[] numbers(Collection<Lease> leases, ToLongFunction<Lease> column) {
        return leases.stream().mapToLong(column).toArray();
    }

    private static @Nullable String[] ofKeyDays(Collection<Lease> leases, Function<KeyDay, String> column) {
        return leases.stream()
                .map(lease -> lease.keyDay() == null ? null : column.apply(lease.keyDay()))
                .toArray(String[]::new);
    }

    private static @Nullable KeyDay keyDay(ResultSet row) throws SQLException {
        var keyId = row.getString("key_id");
        return keyId == null ? null : new KeyDay(keyId, row.getDate("day").toLocalDate());
    }

    private static Lease lease(ResultSet row, int number) throws SQLException {
        return new Lease(
                row.getObject("id", UUID.class),
                new CustomerId(row.getString("account_id")),
                keyDay(row),
                new StreamId(row.getInt("router"), row.getInt("incarnation")),
                row.getLong("granted"),
                row.getLong("posted"),
                row.getLong("returned"),
                row.getLong("unspent"),
                "OPEN".equals(row.getString("state")));
    }

    /// @param committed leased and not given back
    /// @param posted booked as spent
    record Sums(long committed, long posted) {

        static final Sums NONE = new Sums(0, 0);
    }
}
