package io.streamsync.protocol.market;

/// An operator as a snapshot names it.
///
/// @param countsAs the operator that this one counts as in draws, votes and shares: itself, or the first by id of those
///     that share a network, a node identity or a payout address (protocol, Actors)
/// @param bondedStake nano-STRM
/// @param accuracy the accuracy score in millionths
/// @param flagged whether an outlier flag is open
public record ListedOperator(OperatorId id, OperatorId countsAs, long bondedStake, int accuracy, boolean flagged) {}
