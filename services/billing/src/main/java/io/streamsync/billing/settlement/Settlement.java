package io.streamsync.billing.settlement;

import io.streamsync.protocol.settlement.SettlementHeader;
import java.time.Instant;

/// A sealed window.
///
/// @param place in the chain, from 0
/// @param carried stakers' money that is still to be shared out after it, nano-USDC
@SuppressWarnings("ArrayRecordComponent") // nobody compares settlements
record Settlement(long place, SettlementHeader header, byte[] signature, Instant sealedAt, long carried) {}
