package io.streamsync.billing.credit;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.stream.StreamId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// All leases. Locked in the order of their ids, and before accounts of the ledger.
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Leases {

    private static final String LEASE =
            "select id, account_id, router, incarnation, granted, posted, state from credit_lease ";

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

    /// Saves what changed, new leases included.
    public void save(Collection<Lease> leases) {
        if (leases.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into credit_lease as l (id, account_id, router, incarnation, granted, posted, state)
                select id, account, router, incarnation, granted, posted, state
                from unnest(:ids, :accounts, :routers, :incarnations, :granted, :posted, :states)
                    as c (id, account, router, incarnation, granted, posted, state)
                on conflict (id) do update
                    set granted = excluded.granted, posted = excluded.posted, state = excluded.state""")
                .param("ids", leases.stream().map(Lease::id).toArray(UUID[]::new))
                .param(
                        "accounts",
                        leases.stream().map(lease -> lease.customer().value()).toArray(String[]::new))
                .param("routers", numbers(leases, lease -> lease.stream().router()))
                .param("incarnations", numbers(leases, lease -> lease.stream().incarnation()))
                .param("granted", numbers(leases, Lease::granted))
                .param("posted", numbers(leases, Lease::posted))
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

    private static Lease lease(ResultSet row, int number) throws SQLException {
        return new Lease(
                row.getObject("id", UUID.class),
                new CustomerId(row.getString("account_id")),
                new StreamId(row.getInt("router"), row.getInt("incarnation")),
                row.getLong("granted"),
                row.getLong("posted"),
                "OPEN".equals(row.getString("state")));
    }
}
