package io.streamsync.billing.stakes;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Asset;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Books stakes, in STRM. The ledger's key is the inbox here: a change has its own reference.
@Component
class Stakes {

    private final Ledger ledger;

    Stakes(Ledger ledger) {
        this.ledger = ledger;
    }

    @Transactional
    public void book(StakeChanged change) {
        ledger.post(new Batch(
                "stake/" + change.kind() + "/" + change.reference(),
                Batch.Kind.STAKE,
                change.occurredAt(),
                entries(change)));
    }

    private static Entries entries(StakeChanged change) {
        var operator = new OperatorId(change.operatorId());
        var stake = Account.stake(operator);
        var unbonding = Account.unbonding(operator);
        var nano = Long.parseLong(change.amount());
        var entries = new Entries();
        return switch (change.kind()) {
            case DEPOSITED -> entries.move(Account.deposits(Asset.STRM), stake, nano);
            case UNBONDING_STARTED -> entries.move(stake, unbonding, nano);
            case UNBONDING_CANCELLED -> entries.move(unbonding, stake, nano);
            case WITHDRAWN -> entries.move(unbonding, Account.payouts(Asset.STRM), nano);
        };
    }
}
