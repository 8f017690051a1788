package io.streamsync.reputation.listing;

import java.util.List;
import java.util.Map;

/// How a node is reached.
///
/// @param addresses the checked ones of its host: nothing else is connected to
/// @param headers that its operator wants sent; secret
/// @param hasAsk whether it sells anything
record Reach(String endpoint, List<String> addresses, Map<String, String> headers, boolean hasAsk) {}
