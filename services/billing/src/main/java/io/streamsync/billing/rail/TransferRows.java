package io.streamsync.billing.rail;

import io.streamsync.billing.rail.Transfer.Kind;
import io.streamsync.billing.rail.Transfer.Status;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Transfers as they are kept.
@Repository
class TransferRows {

    private static final String TRANSFER = "select * from transfer ";

    private final JdbcClient jdbc;

    TransferRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Transfer transfer) {
        jdbc.sql("""
                insert into transfer (id, kind, holder, asset, amount, rail, destination, status, requested_at,
                    available_at, next_try_at)
                values (:id, :kind, :holder, :asset, :amount, :rail, :destination, :status, :requestedAt,
                    :availableAt, :availableAt)""")
                .param("id", transfer.id())
                .param("kind", transfer.kind().name())
                .param("holder", transfer.holder())
                .param("asset", transfer.amount().asset().name())
                .param("amount", transfer.amount().nanoUnits())
                .param("rail", transfer.rail())
                .param("destination", transfer.destination().value())
                .param("status", transfer.status().name())
                .param("requestedAt", Timestamp.from(transfer.requestedAt()))
                .param("availableAt", Timestamp.from(transfer.availableAt()))
                .update();
    }

    void settle(Transfer settled, Instant now) {
        jdbc.sql("""
                update transfer set status = :status, payment_id = :payment, reason = :reason, settled_at = :now
                where id = :id""")
                .param("status", settled.status().name())
                .param("payment", settled.paymentId())
                .param("reason", settled.reason())
                .param("now", Timestamp.from(now))
                .param("id", settled.id())
                .update();
    }

    void contradicted(String id, String told) {
        jdbc.sql("update transfer set contradiction = coalesce(contradiction, ?) where id = ?")
                .params(told, id)
                .update();
    }

    Optional<Transfer> lock(String id) {
        return jdbc.sql(TRANSFER + "where id = ? for update")
                .param(id)
                .query(TransferRows::transfer)
                .optional();
    }

    Optional<Transfer> find(Kind kind, String holder, String id) {
        return jdbc.sql(TRANSFER + "where kind = ? and holder = ? and id = ?")
                .params(kind.name(), holder, id)
                .query(TransferRows::transfer)
                .optional();
    }

    /// A holder's, newest first.
    List<Transfers.Listed> of(Kind kind, String holder, long before, int limit) {
        return jdbc.sql(TRANSFER + "where kind = ? and holder = ? and number < ? order by number desc limit ?")
                .params(kind.name(), holder, before, limit)
                .query((row, number) -> new Transfers.Listed(row.getLong("number"), transfer(row, number)))
                .list();
    }

    /// How many of a holder's are not settled.
    int open(Kind kind, String holder) {
        return jdbc.sql("""
                select count(*) from transfer
                where kind = ? and holder = ? and status in ('WAITING', 'PENDING')""").params(kind.name(), holder).query(Integer.class).single();
    }

    long paid(Kind kind, String holder) {
        return jdbc.sql("""
                select coalesce(sum(amount), 0)::bigint from transfer
                where kind = ? and holder = ? and status = 'PAID'""").params(kind.name(), holder).query(Long.class).single();
    }

    /// Since when the holder has named this destination; a transfer that was cancelled never did.
    Optional<Instant> named(Kind kind, String holder, Destination destination) {
        return jdbc.sql("""
                select requested_at from transfer
                where kind = ? and holder = ? and destination = ? and status <> 'CANCELLED'
                order by number limit 1""")
                .params(kind.name(), holder, destination.value())
                .query((row, number) -> row.getTimestamp(1).toInstant())
                .optional();
    }

    /// Takes up what is due: it is the caller's until then, and anybody's afterwards.
    List<Transfer> claim(String rail, Instant now, Instant until, int most) {
        return jdbc.sql("""
                update transfer t set status = 'PENDING', tries = tries + 1, next_try_at = :until
                where id = any (array(
                    select id from transfer
                    where status in ('WAITING', 'PENDING') and next_try_at <= :now and rail = :rail
                    order by next_try_at limit :most for update skip locked))
                returning t.*""")
                .param("rail", rail)
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .param("most", most)
                .query(TransferRows::transfer)
                .list();
    }

    void later(String id, Instant next) {
        jdbc.sql("update transfer set next_try_at = ? where id = ? and status = 'PENDING'")
                .params(Timestamp.from(next), id)
                .update();
    }

    private static Transfer transfer(ResultSet row, int number) throws SQLException {
        return new Transfer(
                row.getString("id"),
                Kind.valueOf(row.getString("kind")),
                row.getString("holder"),
                new Amount(Asset.valueOf(row.getString("asset")), row.getLong("amount")),
                row.getString("rail"),
                new Destination(row.getString("destination")),
                Status.valueOf(row.getString("status")),
                row.getTimestamp("requested_at").toInstant(),
                row.getTimestamp("available_at").toInstant(),
                row.getInt("tries"),
                row.getString("payment_id"),
                row.getString("reason"));
    }
}
