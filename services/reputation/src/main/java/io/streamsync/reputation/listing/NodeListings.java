package io.streamsync.reputation.listing;

import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.NodeListed;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.OperatorId;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Takes in what operator-onboarding tells of nodes. The latest word on a node counts, however often it is told.
@Component
class NodeListings {

    private final Listings listings;
    private final JsonMapper json;

    NodeListings(Listings listings, JsonMapper json) {
        this.listings = listings;
        this.json = json;
    }

    /// A group that reads from the beginning again whenever more of a listing is kept than before.
    @KafkaListener(topics = Topics.LISTINGS, groupId = "reputation-listings-2")
    void on(String event) {
        var listed = json.readValue(event, NodeListed.class);
        var listing = new Listing(
                new NodeId(listed.nodeId()),
                new OperatorId(listed.operatorId()),
                NodeState.valueOf(listed.state()),
                Long.parseLong(listed.bondedStake()));
        var reach = new Reach(
                listed.endpoint(),
                listed.addresses(),
                listed.headers(),
                !listed.asks().isEmpty());
        listings.save(listing, reach, listed.occurredAt());
    }
}
