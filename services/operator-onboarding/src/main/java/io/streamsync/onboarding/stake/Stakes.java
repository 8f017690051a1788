package io.streamsync.onboarding.stake;

import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// What each operator has at stake. Whoever moves stake holds its row until the transaction ends: of two movements at
/// once the second sees the first.
@Repository
public class Stakes {

    private final JdbcClient jdbc;

    Stakes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Stake of(OperatorId operatorId) {
        return read(operatorId, "");
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public Stake locked(OperatorId operatorId) {
        jdbc.sql("insert into stake (operator_id) values (?) on conflict do nothing")
                .param(operatorId.value())
                .update();
        return read(operatorId, " for update");
    }

    @Transactional(propagation = Propagation.MANDATORY)
    public void write(Stake next) {
        jdbc.sql("""
                        update stake set bonded = ?, escrowed = ?, withdrawable = ? where operator_id = ?""")
                .params(
                        next.bonded().nanoUnits(),
                        next.escrowed().nanoUnits(),
                        next.withdrawable().nanoUnits(),
                        next.operatorId().value())
                .update();
    }

    void add(Deposit deposit) {
        jdbc.sql("""
                        insert into stake_deposit (deposit_id, operator_id, amount, rail, status, deposited_at)
                        values (?, ?, ?, ?, ?, ?)""")
                .params(
                        deposit.id(),
                        deposit.operatorId().value(),
                        deposit.amount().nanoUnits(),
                        deposit.rail(),
                        deposit.status().name(),
                        Timestamp.from(deposit.depositedAt()))
                .update();
    }

    private Stake read(OperatorId operatorId, String lock) {
        var unbonding = unbonding(operatorId);
        return jdbc.sql("select bonded, escrowed, withdrawable from stake where operator_id = ?" + lock)
                .param(operatorId.value())
                .query((row, n) -> new Stake(
                        operatorId,
                        Amount.strm(row.getLong("bonded")),
                        unbonding,
                        Amount.strm(row.getLong("escrowed")),
                        Amount.strm(row.getLong("withdrawable"))))
                .optional()
                .orElseGet(() -> Stake.none(operatorId));
    }

    private List<Unbonding> unbonding(OperatorId operatorId) {
        return jdbc.sql("""
                        select unbonding_id, amount, available_at from stake_unbonding
                        where operator_id = ? order by available_at, unbonding_id""")
                .param(operatorId.value())
                .query((row, n) -> new Unbonding(
                        row.getString("unbonding_id"),
                        Amount.strm(row.getLong("amount")),
                        row.getTimestamp("available_at").toInstant()))
                .list();
    }
}
