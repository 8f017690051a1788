package io.streamsync.billing.charging;

import io.streamsync.billing.stream.StreamId;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Lists what the insurance paid in customers' places.
@Repository
class InsuredCharges {

    private final JdbcClient jdbc;

    InsuredCharges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(StreamId stream, List<InsuredCharge> charges) {
        if (charges.isEmpty()) {
            return;
        }
        jdbc.sql("""
                insert into insured_charge (router, incarnation, position, account_id, fee)
                select :router, :incarnation, position, account, fee
                from unnest(:positions, :accounts, :fees) as c (position, account, fee)""")
                .param("router", stream.router())
                .param("incarnation", stream.incarnation())
                .param(
                        "positions",
                        charges.stream().mapToLong(InsuredCharge::position).toArray())
                .param(
                        "accounts",
                        charges.stream()
                                .map(charge -> charge.customer().value())
                                .toArray(String[]::new))
                .param("fees", charges.stream().mapToLong(InsuredCharge::fee).toArray())
                .update();
    }
}
