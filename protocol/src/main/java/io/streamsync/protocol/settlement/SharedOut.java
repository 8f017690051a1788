package io.streamsync.protocol.settlement;

/// What a header says of how the stakers' share was shared out.
///
/// @param carried stakers' money that the next window shares out with its own, nano-USDC
/// @param stakesRoot of the tree over the stakes that it was shared out by, see [StakeShares], lower-case hex
public record SharedOut(long carried, String stakesRoot) {}
