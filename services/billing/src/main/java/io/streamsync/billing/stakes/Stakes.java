package io.streamsync.billing.stakes;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.events.onboarding.StakeChanged.Kind;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Asset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Books stakes, in STRM. The ledger's key is the inbox here: a change has its own reference.
@Component
class Stakes {

    private final Ledger ledger;
    private final JdbcClient jdbc;

    Stakes(Ledger ledger, JdbcClient jdbc) {
        this.ledger = ledger;
        this.jdbc = jdbc;
    }

    /// @throws IllegalArgumentException when there is no such change to a stake: what is no amount, or the end of a
    ///     slash that was not booked so, or has ended otherwise
    @Transactional
    public void book(StakeChanged change) {
        var operator = new OperatorId(change.operatorId());
        var stake = Account.stake(operator);
        var unbonding = Account.unbonding(operator);
        var escrow = Account.escrow(operator);
        var nano = Long.parseLong(change.amount());
        var entries = new Entries();
        switch (change.kind()) {
            case DEPOSITED -> post(change, entries.move(Account.deposits(Asset.STRM), stake, nano));
            case UNBONDING_STARTED -> post(change, entries.move(stake, unbonding, nano));
            case UNBONDING_CANCELLED -> post(change, entries.move(unbonding, stake, nano));
            case WITHDRAWN -> post(change, entries.move(unbonding, Account.payouts(Asset.STRM), nano));
            case SLASHED -> post(change, entries.move(stake, escrow, nano));
            case UNBONDING_SLASHED -> post(change, entries.move(unbonding, escrow, nano));
            case SLASH_FINAL, SLASH_OVERTURNED -> end(change, operator, nano);
        }
    }

    private void end(StakeChanged change, OperatorId operator, long nano) {
        var slash = change.reference();
        var escrowed = escrow(operator, slash);
        if (escrowed.nano() != nano) {
            throw new IllegalArgumentException(
                    "the slash " + slash + " has " + escrowed.nano() + " nano-STRM in escrow, not " + nano);
        }
        var isFinal = change.kind() == Kind.SLASH_FINAL;
        if (!post(change, isFinal ? escrowed.toTreasury() : escrowed.back()) && isFinal(change) != isFinal) {
            throw new IllegalArgumentException("the slash " + slash + " has ended otherwise than by " + change.kind());
        }
    }

    /// False when it was booked before.
    private boolean post(StakeChanged change, Entries entries) {
        return ledger.post(new Batch(key(change), Batch.Kind.STAKE, change.occurredAt(), entries))
                .isPresent();
    }

    /// Whether what is booked under the key of this change went to the treasury.
    private boolean isFinal(StakeChanged change) {
        return jdbc.sql("""
                select exists (
                    select from ledger_batch b
                    join ledger_entry e on e.batch_id = b.id
                    join ledger_account a on a.id = e.account_id
                    where b.key = ? and a.name = ? and a.asset = 'STRM')""")
                .params(key(change), Account.SLASHED.name())
                .query(Boolean.class)
                .single();
    }

    private SlashEscrow escrow(OperatorId operator, String slash) {
        return jdbc.sql("""
                select coalesce(-sum(e.amount) filter (where a.name = :stake), 0) bonded,
                    coalesce(-sum(e.amount) filter (where a.name = :unbonding), 0) unbonding
                from ledger_batch b
                join ledger_entry e on e.batch_id = b.id
                join ledger_account a on a.id = e.account_id
                where b.key in (:keys)""")
                .param("stake", Account.stake(operator).name())
                .param("unbonding", Account.unbonding(operator).name())
                .param("keys", List.of("stake/SLASHED/" + slash, "stake/UNBONDING_SLASHED/" + slash))
                .query((row, number) -> new SlashEscrow(operator, row.getLong("bonded"), row.getLong("unbonding")))
                .single();
    }

    /// A slash ends once: both ends have one key, so that no program can book both.
    private static String key(StakeChanged change) {
        var kind = switch (change.kind()) {
            case SLASH_FINAL, SLASH_OVERTURNED -> "SLASH_ENDED";
            case DEPOSITED, UNBONDING_STARTED, UNBONDING_CANCELLED, WITHDRAWN, SLASHED, UNBONDING_SLASHED ->
                change.kind().name();
        };
        return "stake/" + kind + "/" + change.reference();
    }
}
