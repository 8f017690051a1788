package io.streamsync.billing.stakes;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Balances;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Asset;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Books stakes, in STRM. The ledger's key is the inbox here: a change has its own reference.
@Component
class Stakes {

    private static final String ENDED = "stake/SLASH_ENDED/";

    private final Ledger ledger;
    private final JdbcClient jdbc;

    Stakes(Ledger ledger, JdbcClient jdbc) {
        this.ledger = ledger;
        this.jdbc = jdbc;
    }

    /// @throws IllegalArgumentException when there is no such change to a stake: it moves nothing, was told otherwise
    ///     before, belongs to a slash that has ended, or ends one of which something else is in escrow
    @Transactional
    public void book(StakeChanged change) {
        var nano = Long.parseLong(change.amount());
        if (nano <= 0) {
            throw new IllegalArgumentException(change.kind() + " moves " + nano + " nano-STRM");
        }
        var operator = new OperatorId(change.operatorId());
        var stake = Account.stake(operator);
        var unbonding = Account.unbonding(operator);
        var escrow = Account.escrow(operator);
        var entries = new Entries();
        switch (change.kind()) {
            case DEPOSITED -> post(change, entries.move(Account.deposits(Asset.STRM), stake, nano));
            case UNBONDING_STARTED -> post(change, entries.move(stake, unbonding, nano));
            case UNBONDING_CANCELLED -> post(change, entries.move(unbonding, stake, nano));
            case WITHDRAWN -> post(change, entries.move(unbonding, Account.payouts(Asset.STRM), nano));
            case SLASHED -> slash(change, entries.move(stake, escrow, nano));
            case UNBONDING_SLASHED -> slash(change, entries.move(unbonding, escrow, nano));
            case SLASH_FINAL -> end(change, operator, SlashEscrow::toTreasury);
            case SLASH_OVERTURNED -> end(change, operator, SlashEscrow::back);
        }
    }

    /// The escrow is locked by then: nobody ends the slash meanwhile.
    private void slash(StakeChanged change, Entries entries) {
        if (post(change, entries) && isBooked(ENDED + change.reference())) {
            throw new IllegalArgumentException("the slash " + change.reference() + " has ended");
        }
    }

    private void end(StakeChanged change, OperatorId operator, Function<SlashEscrow, Entries> way) {
        // before it is looked up: nothing is added to the slash meanwhile
        var locked = ledger.lock(List.of(
                Account.stake(operator), Account.unbonding(operator), Account.escrow(operator), Account.SLASHED));
        var escrowed = escrow(operator, change.reference());
        if (escrowed.nano() != Long.parseLong(change.amount())) {
            throw new IllegalArgumentException("the slash " + change.reference() + " has " + escrowed.nano()
                    + " nano-STRM in escrow, not " + change.amount());
        }
        post(change, way.apply(escrowed), locked);
    }

    private boolean post(StakeChanged change, Entries entries) {
        return post(change, entries, ledger.lock(entries.accounts()));
    }

    /// False when it was booked before.
    private boolean post(StakeChanged change, Entries entries, Balances locked) {
        var batch = new Batch(key(change), Batch.Kind.STAKE, change.occurredAt(), entries);
        var isNew = ledger.post(batch, locked).isPresent();
        if (!isNew && !ledger.isBooked(batch)) {
            throw new IllegalArgumentException(batch.key() + " was told otherwise before");
        }
        return isNew;
    }

    private boolean isBooked(String key) {
        return jdbc.sql("select exists (select from ledger_batch where key = ?)")
                .param(key)
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
        return switch (change.kind()) {
            case SLASH_FINAL, SLASH_OVERTURNED -> ENDED + change.reference();
            case DEPOSITED, UNBONDING_STARTED, UNBONDING_CANCELLED, WITHDRAWN, SLASHED, UNBONDING_SLASHED ->
                "stake/" + change.kind() + "/" + change.reference();
        };
    }
}
