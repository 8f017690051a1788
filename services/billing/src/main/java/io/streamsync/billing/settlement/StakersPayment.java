package io.streamsync.billing.settlement;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Balances;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.stakes.BondedStakes;
import io.streamsync.billing.stakes.StakeReading;
import io.streamsync.billing.usage.Earnings;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.settlement.SharedOut;
import io.streamsync.protocol.settlement.StakeShares;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Pays the stakers' share of a window, once: the batch has the window's name.
@Component
class StakersPayment {

    private final BondedStakes stakes;
    private final StakeReading reading;
    private final Ledger ledger;
    private final Earnings earnings;

    StakersPayment(BondedStakes stakes, StakeReading reading, Ledger ledger, Earnings earnings) {
        this.stakes = stakes;
        this.reading = reading;
        this.ledger = ledger;
        this.earnings = earnings;
    }

    /// Whether the books know how stakes changed before the window's end, as far as Kafka knew it then.
    boolean knowsStakes(Place place, Instant now) {
        return reading.isReadTo(place.endsAt(), now);
    }

    /// What is shared out by: operators' stakes at the window's end. Bookings of stakes do not wait for the books to be
    /// closed, so it is read before.
    Map<OperatorId, Long> bonded(Place place) {
        return stakes.at(place.endsAt());
    }

    /// What is due for stakes is published with the stakes that it is shared out by, also where it comes to less than a
    /// unit for any of them.
    ///
    /// @param nano stakers' shares of the window, net of what was given back
    Paid pay(Place place, long nano, Map<OperatorId, Long> bonded, Instant now) {
        var due = Math.addExact(place.carried(), nano);
        if (due <= 0 || bonded.isEmpty()) {
            return new Paid(StakeShares.NONE, due);
        }
        var accounts = new ArrayList<Account>();
        accounts.add(Account.STAKERS);
        bonded.keySet().forEach(operator -> accounts.add(Account.held(operator)));
        var before = ledger.lock(accounts);
        var shares = StakeShares.of(Math.min(due, before.of(Account.STAKERS)), bonded);
        if (shares.sum() > 0) {
            post(place, shares, before, now);
        }
        return new Paid(shares, due - shares.sum());
    }

    private void post(Place place, StakeShares shares, Balances before, Instant now) {
        var entries = new Entries();
        var earned = new HashMap<OperatorId, Long>();
        for (var share : shares.all()) {
            if (share.share() > 0) {
                entries.move(Account.STAKERS, Account.held(share.operatorId()), share.share());
                earned.put(share.operatorId(), share.share());
            }
        }
        if (ledger.post(new Batch("settlement/" + place.epoch(), Batch.Kind.SETTLEMENT, now, entries), before)
                .isEmpty()) {
            throw new IllegalStateException("shared out before: epoch " + place.epoch());
        }
        earnings.share(earned, place.startsAt());
    }

    /// @param carried to the next window
    record Paid(StakeShares shares, long carried) {

        SharedOut signed() {
            return new SharedOut(carried, shares.root());
        }
    }
}
