package io.streamsync.billing.rail;

import io.streamsync.billing.account.CustomerId;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// What came in by each rail and has not left by it: no more can leave by it, so that free money buys no other. Locked
/// after accounts of the ledger, the rail's row before a customer's.
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class RailFunds {

    private final JdbcClient jdbc;

    RailFunds(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A deposit was credited.
    public void cameIn(String rail, CustomerId customer, long nano) {
        jdbc.sql("""
                insert into rail_funds as f (rail, came_in) values (:rail, :nano)
                on conflict (rail) do update set came_in = f.came_in + excluded.came_in""").param("rail", rail).param("nano", nano).update();
        jdbc.sql("""
                insert into rail_customer_funds as f (account_id, rail, came_in) values (:account, :rail, :nano)
                on conflict (account_id, rail) do update set came_in = f.came_in + excluded.came_in""")
                .param("account", customer.value())
                .param("rail", rail)
                .param("nano", nano)
                .update();
    }

    /// What of the customer's money each rail can take out again.
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<String, Long> of(CustomerId customer) {
        return left("""
                select rail, least(c.came_in - c.went_out, f.came_in - f.went_out) as nano
                from rail_customer_funds c join rail_funds f using (rail) where account_id = ?""", customer.value());
    }

    /// What each rail can take out.
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<String, Long> ofAll() {
        return left("select rail, came_in - went_out as nano from rail_funds", null);
    }

    private Map<String, Long> left(String sql, @Nullable String account) {
        var query = jdbc.sql(sql);
        return (account == null ? query : query.param(account))
                .query((row, number) -> Map.entry(row.getString("rail"), row.getLong("nano"))).list().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /// Takes it off what the rail can carry; false where that is too little, and nothing changed.
    boolean take(Transfer transfer) {
        var nano = transfer.amount().nanoUnits();
        if (!ofRail(transfer.rail(), nano)) {
            return false;
        }
        require(transfer, nano);
        return true;
    }

    /// It did not leave.
    void giveBack(Transfer transfer) {
        var nano = -transfer.amount().nanoUnits();
        if (!ofRail(transfer.rail(), nano)) {
            throw new IllegalStateException("more came back than went out by the rail " + transfer.rail());
        }
        require(transfer, nano);
    }

    private void require(Transfer transfer, long nano) {
        if (transfer.kind() == Transfer.Kind.WITHDRAWAL && !ofCustomer(transfer, nano)) {
            throw new IllegalStateException("customer " + transfer.holder() + ", rail " + transfer.rail()
                    + ": what came in does not cover " + nano);
        }
    }

    private boolean ofCustomer(Transfer transfer, long nano) {
        return jdbc.sql("""
                        update rail_customer_funds set went_out = went_out + :nano
                        where account_id = :account and rail = :rail
                          and went_out + :nano between 0 and came_in""")
                        .param("account", transfer.holder())
                        .param("rail", transfer.rail())
                        .param("nano", nano)
                        .update()
                == 1;
    }

    private boolean ofRail(String rail, long nano) {
        return jdbc.sql("""
                        update rail_funds set went_out = went_out + :nano
                        where rail = :rail and went_out + :nano between 0 and came_in""").param("rail", rail).param("nano", nano).update() == 1;
    }
}
