package io.streamsync.billing.market;

import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.protocol.money.Amount;

/// Balances of the shares that are nobody's own, USDC.
///
/// @param verifiers until VERIFIED says who earned it
/// @param stakers until a settlement shares it out
/// @param insurance verifiers' shares that nobody earned
public record Pools(String verifiers, String stakers, String treasury, String insurance) {

    static Pools of(Ledger ledger) {
        return new Pools(
                Amount.decimal(ledger.balance(Account.VERIFIERS)),
                Amount.decimal(ledger.balance(Account.STAKERS)),
                Amount.decimal(ledger.balance(Account.TREASURY)),
                Amount.decimal(ledger.balance(Account.INSURANCE)));
    }
}
