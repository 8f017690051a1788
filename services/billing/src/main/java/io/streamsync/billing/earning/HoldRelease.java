package io.streamsync.billing.earning;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.protocol.market.OperatorId;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Moves an operator's earnings from held to payable, each once: held and payable are locked while it counts.
@Component
class HoldRelease {

    private final Holds holds;
    private final Takings takings;
    private final Ledger ledger;

    HoldRelease(Holds holds, Takings takings, Ledger ledger) {
        this.holds = holds;
        this.takings = takings;
        this.ledger = ledger;
    }

    /// @param until what was booked later stays held
    @Transactional
    public void release(OperatorId operator, Instant until, Instant now) {
        var held = Account.held(operator);
        var payable = Account.payable(operator);
        var before = ledger.lock(List.of(held, payable));
        var hold = holds.find(operator);
        var matured = holds.matured(operator, hold, until);
        if (matured.isEmpty()) {
            return;
        }
        var through = matured.getLast().batch();
        var release = hold.after(matured, takings.after(operator, through), before.of(held));
        holds.save(operator, release.next());
        takings.forget(operator, through);
        if (release.nano() > 0) {
            ledger.post(
                    new Batch(
                            "hold/" + operator + "/" + release.next().through(),
                            Batch.Kind.HOLD,
                            now,
                            new Entries().move(held, payable, release.nano())),
                    before);
        }
    }
}
