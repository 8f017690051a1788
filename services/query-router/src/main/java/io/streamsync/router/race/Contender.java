package io.streamsync.router.race;

import io.streamsync.protocol.market.OperatorId;

/// A place as far as winning goes.
///
/// @param races whether it holds a racing place; a checker is delivered only when nobody who races can be
/// @param countsAs the operator that seconds another only when it is another
/// @param affordable whether its ask is within the ceiling and what was reserved
record Contender(boolean races, OperatorId countsAs, boolean affordable) {}
