package io.streamsync.router.market;

import io.streamsync.protocol.market.NodeState;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// How many there are of whom, also of those that are not drawn, but not of those that are gone.
public record Census(Operators operators, Nodes nodes) {

    private static final String ACTIVE = "ACTIVE";

    static Census of(List<Listing> listings) {
        Map<String, Boolean> active = listings.stream()
                .collect(Collectors.toMap(
                        listing -> listing.operatorId().value(),
                        listing -> ACTIVE.equals(listing.operatorState()),
                        Boolean::logicalOr));
        return new Census(
                new Operators(active.values().stream().filter(is -> is).count(), active.size()),
                new Nodes(count(listings, NodeState.ACTIVE), count(listings, NodeState.PROBATION), listings.size()));
    }

    private static long count(List<Listing> listings, NodeState state) {
        return listings.stream().filter(listing -> listing.state() == state).count();
    }

    /// @param total with at least one node, in whatever state but delisted
    public record Operators(long active, long total) {}

    public record Nodes(long active, long probation, long total) {}
}
