package io.streamsync.billing.stakes;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.protocol.market.OperatorId;

/// What a slash took from an operator and holds until it is final or overturned (protocol, Stake).
///
/// @param bonded nano-STRM of bonded stake
/// @param unbonding nano-STRM of unbonding stake
record SlashEscrow(OperatorId operator, long bonded, long unbonding) {

    long nano() {
        return Math.addExact(bonded, unbonding);
    }

    /// No bounty: all of it is the treasury's.
    Entries toTreasury() {
        return new Entries().move(Account.escrow(operator), Account.SLASHED, nano());
    }

    /// Each part where it came from.
    Entries back() {
        var escrow = Account.escrow(operator);
        return new Entries()
                .move(escrow, Account.stake(operator), bonded)
                .move(escrow, Account.unbonding(operator), unbonding);
    }
}
