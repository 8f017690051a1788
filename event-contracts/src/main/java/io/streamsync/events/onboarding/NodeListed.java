package io.streamsync.events.onboarding;

import io.streamsync.events.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All that the market needs to know of a node, in its latest state; told again whenever any of it changes.
///
/// @param state of the node: `PROBATION`, `ACTIVE`, or one in which it is not drawn
/// @param bondedStake of its operator, nano-STRM as a decimal string of digits
/// @param countsAs the operator that its operator counts as in draws and votes
/// @param addresses the checked IP addresses of the endpoint: routers connect to these only
/// @param headers that the operator wants sent to the node; secret
/// @param asks by class name
/// @param genesisHash of the market's chain; null where nothing fixed it yet, and in events of earlier writers
public record NodeListed(
        String eventId,
        Instant occurredAt,
        int schemaVersion,
        String nodeId,
        String operatorId,
        String operatorName,
        String operatorState,
        String countsAs,
        String bondedStake,
        String state,
        String endpoint,
        @Nullable String webSocketEndpoint,
        @Nullable String region,
        List<String> addresses,
        Map<String, String> headers,
        Map<String, AskListed> asks,
        @Nullable String genesisHash)
        implements Event {

    /// @param price nano-USDC as a decimal string of digits
    public record AskListed(String price, int maxLatencyMs, int capacity) {}
}
