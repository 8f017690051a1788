package io.streamsync.onboarding.stake;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// What each operator has at stake, and how it came and left. Whoever moves stake holds its row until the transaction
/// ends: of two movements at once the second sees the first.
@Repository
public class Stakes {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Stakes(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// As it is now, with what has matured.
    public Stake of(OperatorId operatorId) {
        return read(operatorId).matured(clock.instant());
    }

    /// As [#of], written down: nobody else moves it until the transaction ends.
    @Transactional(propagation = Propagation.MANDATORY)
    public Stake locked(OperatorId operatorId) {
        jdbc.sql("insert into stake (operator_id) values (?) on conflict do nothing")
                .param(operatorId.value())
                .update();
        jdbc.sql("select 1 from stake where operator_id = ? for update")
                .param(operatorId.value())
                .query(row -> {});
        var before = read(operatorId);
        var now = before.matured(clock.instant());
        if (!now.equals(before)) {
            before.unbonding().stream()
                    .filter(part -> !now.unbonding().contains(part))
                    .forEach(part -> end(part, Unbonding.State.MATURED));
            write(now);
        }
        return now;
    }

    void write(Stake next) {
        jdbc.sql("update stake set bonded = ?, escrowed = ?, withdrawable = ? where operator_id = ?")
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

    void add(OperatorId operatorId, Unbonding part) {
        jdbc.sql("""
                        insert into stake_unbonding (unbonding_id, operator_id, amount, available_at)
                        values (?, ?, ?, ?)""")
                .params(part.id(), operatorId.value(), part.amount().nanoUnits(), Timestamp.from(part.availableAt()))
                .update();
    }

    void end(Unbonding part, Unbonding.State state) {
        jdbc.sql("update stake_unbonding set state = ? where unbonding_id = ?")
                .params(state.name(), part.id())
                .update();
    }

    void add(Withdrawal withdrawal) {
        jdbc.sql("""
                        insert into stake_withdrawal
                            (withdrawal_id, operator_id, amount, rail, destination, status, requested_at)
                        values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        withdrawal.id(),
                        withdrawal.operatorId().value(),
                        withdrawal.amount().nanoUnits(),
                        withdrawal.rail(),
                        withdrawal.destination().value(),
                        withdrawal.status().name(),
                        Timestamp.from(withdrawal.requestedAt()))
                .update();
    }

    Unbonding.State unbondingState(OperatorId operatorId, String unbondingId) {
        return jdbc.sql("select state from stake_unbonding where operator_id = ? and unbonding_id = ?")
                .params(operatorId.value(), unbondingId)
                .query(String.class)
                .optional()
                .map(Unbonding.State::valueOf)
                .orElseThrow(() -> missing("unbonding"));
    }

    Deposit deposit(OperatorId operatorId, String depositId) {
        return jdbc.sql("select * from stake_deposit where operator_id = ? and deposit_id = ?")
                .params(operatorId.value(), depositId)
                .query((row, n) -> new Deposit(
                        row.getString("deposit_id"),
                        operatorId,
                        Amount.strm(row.getLong("amount")),
                        row.getString("rail"),
                        DepositStatus.valueOf(row.getString("status")),
                        row.getTimestamp("deposited_at").toInstant()))
                .optional()
                .orElseThrow(() -> missing("deposit"));
    }

    Withdrawal withdrawal(OperatorId operatorId, String withdrawalId) {
        return jdbc.sql("select * from stake_withdrawal where operator_id = ? and withdrawal_id = ?")
                .params(operatorId.value(), withdrawalId)
                .query((row, n) -> new Withdrawal(
                        row.getString("withdrawal_id"),
                        operatorId,
                        Amount.strm(row.getLong("amount")),
                        row.getString("rail"),
                        new Destination(row.getString("destination")),
                        Withdrawal.Status.valueOf(row.getString("status")),
                        row.getTimestamp("requested_at").toInstant()))
                .optional()
                .orElseThrow(() -> missing("withdrawal"));
    }

    /// What came in by each rail and has not left by it.
    Map<String, Amount> cameIn(OperatorId operatorId) {
        var left = new TreeMap<String, Amount>();
        jdbc.sql("""
                        select rail, sum(amount)::bigint as amount from (
                            select rail, amount from stake_deposit
                            where operator_id = :operator and status = 'CREDITED'
                            union all
                            select rail, -amount from stake_withdrawal
                            where operator_id = :operator and status <> 'FAILED') movements
                        group by rail having sum(amount) > 0""").param("operator", operatorId.value()).query(row -> {
            left.put(row.getString("rail"), Amount.strm(row.getLong("amount")));
        });
        return left;
    }

    /// In one statement, so that no movement falls between its parts.
    private Stake read(OperatorId operatorId) {
        return jdbc.sql("""
                        select s.bonded, s.escrowed, s.withdrawable, u.unbonding_id, u.amount, u.available_at
                        from stake s left join stake_unbonding u
                            on u.operator_id = s.operator_id and u.state = 'UNBONDING'
                        where s.operator_id = ? order by u.available_at, u.unbonding_id""")
                .param(operatorId.value())
                .query(rows -> {
                    return Optional.ofNullable(stake(operatorId, rows));
                })
                .orElseGet(() -> Stake.none(operatorId));
    }

    private static @Nullable Stake stake(OperatorId operatorId, ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return null;
        }
        var bonded = Amount.strm(rows.getLong("bonded"));
        var escrowed = Amount.strm(rows.getLong("escrowed"));
        var withdrawable = Amount.strm(rows.getLong("withdrawable"));
        return new Stake(operatorId, bonded, unbonding(rows), escrowed, withdrawable);
    }

    private static List<Unbonding> unbonding(ResultSet rows) throws SQLException {
        var parts = new ArrayList<Unbonding>();
        do {
            var id = rows.getString("unbonding_id");
            if (id != null) {
                var amount = Amount.strm(rows.getLong("amount"));
                parts.add(new Unbonding(
                        id, amount, rows.getTimestamp("available_at").toInstant()));
            }
        } while (rows.next());
        return parts;
    }

    private static Refusal missing(String what) {
        return new Refusal(ProblemCode.NOT_FOUND, "This operator has no " + what + " of this id.");
    }
}
