package io.streamsync.billing.market;

/// What was asked of a class.
///
/// @param queries races, and subscriptions opened
/// @param charged fees, nano-USDC: nothing for late answers; those of subscriptions too
/// @param slaAsked races with a guarantee
/// @param refunds of whatever reason, also of what was never charged
record Trades(long queries, long charged, long slaAsked, long slaMet, long refunds) {

    Trades plus(Trades other) {
        return new Trades(
                queries + other.queries,
                Math.addExact(charged, other.charged),
                slaAsked + other.slaAsked,
                slaMet + other.slaMet,
                refunds + other.refunds);
    }
}
