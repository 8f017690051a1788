package io.streamsync.billing.deposit;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Deposits as they are kept.
@Repository
class DepositRows {

    private static final String DEPOSIT =
            "select id, account_id, asset, amount, rail, status from deposit where id = ?";

    private final JdbcClient jdbc;

    DepositRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Deposit deposit) {
        jdbc.sql("insert into deposit (id, account_id, asset, amount, rail, status) values (?, ?, ?, ?, ?, ?)")
                .params(
                        deposit.id(),
                        deposit.customer().value(),
                        deposit.amount().asset().name(),
                        deposit.amount().nanoUnits(),
                        deposit.rail(),
                        deposit.status().name())
                .update();
    }

    void credit(Deposit credited, String paymentId, Instant now) {
        jdbc.sql("update deposit set status = ?, payment_id = ?, credited_at = ? where id = ?")
                .params(credited.status().name(), paymentId, Timestamp.from(now), credited.id())
                .update();
    }

    /// Notes a payment that nothing was credited for.
    ///
    /// @return false where it was noted or credited before
    boolean contradicted(Deposit deposit, String paymentId, Instant now) {
        return jdbc.sql("""
                        insert into deposit_contradiction (rail, payment_id, deposit_id, told_at)
                        select :rail, :payment, :deposit, :now
                        where not exists (select from deposit where rail = :rail and payment_id = :payment)
                        on conflict do nothing""")
                        .param("rail", deposit.rail())
                        .param("payment", paymentId)
                        .param("deposit", deposit.id())
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    Optional<Deposit> find(String id) {
        return jdbc.sql(DEPOSIT).param(id).query(DepositRows::deposit).optional();
    }

    Deposit lock(String id) {
        return jdbc.sql(DEPOSIT + " for update")
                .param(id)
                .query(DepositRows::deposit)
                .single();
    }

    private static Deposit deposit(ResultSet row, int number) throws SQLException {
        return new Deposit(
                row.getString("id"),
                new CustomerId(row.getString("account_id")),
                new Amount(Asset.valueOf(row.getString("asset")), row.getLong("amount")),
                row.getString("rail"),
                Deposit.Status.valueOf(row.getString("status")));
    }
}
