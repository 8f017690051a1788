package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.OperatorId;

/// A node that may race under the terms.
///
/// @param countsAs the operator under which it is drawn
/// @param weight its integer weight: quality in millionths times the price factor in 1/65536
/// @param probability its share of the first racing place; those of a field sum to 1
public record Candidate(ListedNode node, OperatorId countsAs, Ask ask, long weight, double probability) {}
