package io.streamsync.billing.ledger;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Asset;

/// An account of the ledger's chart: its name, and the asset that it holds.
public record Account(String name, Asset asset) {

    /// Verifiers' shares until VERIFIED says who earned them.
    public static final Account VERIFIERS = usdc("pool:verifiers");

    /// Stakers' shares until a settlement shares them out.
    public static final Account STAKERS = usdc("pool:stakers");

    public static final Account TREASURY = usdc("pool:treasury");

    /// The treasury's stake: slashes that became final.
    public static final Account SLASHED = new Account("pool:treasury", Asset.STRM);

    /// Unclaimed verifiers' shares; pays what nobody else can be held to.
    public static final Account INSURANCE = usdc("protocol:insurance");

    /// Where deposited money comes from; its balance is what came in, with a minus.
    public static Account deposits(Asset asset) {
        return new Account("external:deposits", asset);
    }

    public static Account payouts(Asset asset) {
        return new Account("external:payouts", asset);
    }

    public static Account available(CustomerId customer) {
        return usdc("customer:" + customer + ":available");
    }

    public static Account leased(CustomerId customer) {
        return usdc("customer:" + customer + ":leased");
    }

    /// On its way out: set aside until its rail has paid it, or has not.
    public static Account withdrawing(CustomerId customer) {
        return usdc("customer:" + customer + ":withdrawing");
    }

    /// Earnings that a verdict may still take back.
    public static Account held(OperatorId operator) {
        return usdc("operator:" + operator + ":held");
    }

    public static Account payable(OperatorId operator) {
        return usdc("operator:" + operator + ":payable");
    }

    /// On its way out: set aside until its rail has paid it, or has not.
    public static Account paying(OperatorId operator) {
        return usdc("operator:" + operator + ":paying");
    }

    public static Account stake(OperatorId operator) {
        return new Account("operator:" + operator + ":stake", Asset.STRM);
    }

    public static Account unbonding(OperatorId operator) {
        return new Account("operator:" + operator + ":unbonding", Asset.STRM);
    }

    /// Slashed, and neither final nor overturned yet.
    public static Account escrow(OperatorId operator) {
        return new Account("operator:" + operator + ":escrow", Asset.STRM);
    }

    private static Account usdc(String name) {
        return new Account(name, Asset.USDC);
    }
}
