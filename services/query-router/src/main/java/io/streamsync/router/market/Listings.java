package io.streamsync.router.market;

import io.streamsync.events.onboarding.NodeListed;
import io.streamsync.events.reputation.ScorePublished;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.node.Upstreams;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The latest listing and score of every node, as the two feeds tell them. A delisted node is forgotten:
/// operators may list and delist as many as they like.
final class Listings {

    private final Map<String, Listing> byNode = new ConcurrentHashMap<>();
    private final Map<String, ScorePublished> scores = new ConcurrentHashMap<>();
    private final AtomicBoolean changed = new AtomicBoolean();
    private final GenesisHash genesis;
    private final Upstreams upstreams;
    private final JsonMapper json;
    private final RouterLog log;

    Listings(GenesisHash genesis, Upstreams upstreams, JsonMapper json, RouterLog log) {
        this.genesis = genesis;
        this.upstreams = upstreams;
        this.json = json;
        this.log = log;
    }

    /// A listing that cannot be understood takes the node out: its former state may be what it takes back.
    void listed(String nodeId, @Nullable String event) {
        try {
            var listing = event == null ? null : read(nodeId, event);
            if (listing != null) {
                byNode.put(nodeId, listing);
            } else {
                remove(nodeId);
            }
        } catch (IllegalArgumentException | JacksonException unusable) {
            log.listingUnusable(nodeId, unusable);
            remove(nodeId);
        }
        changed.set(true);
    }

    void scored(String nodeId, @Nullable String event) {
        try {
            if (event == null) {
                scores.remove(nodeId);
            } else {
                scores.put(nodeId, json.readValue(event, ScorePublished.class));
            }
        } catch (JacksonException unusable) {
            log.scoreUnusable(nodeId, unusable);
        }
        changed.set(true);
    }

    /// Whether something changed since this was last asked.
    boolean takeChanged() {
        return changed.getAndSet(false);
    }

    List<Listing> listings() {
        return List.copyOf(byNode.values());
    }

    Map<String, ScorePublished> scores() {
        return Map.copyOf(scores);
    }

    /// @return null when the node is no more
    private @Nullable Listing read(String nodeId, String event) {
        var listed = json.readValue(event, NodeListed.class);
        if (!nodeId.equals(listed.nodeId())) {
            throw new IllegalArgumentException("a listing of another node than its key");
        }
        genesis.told(listed.genesisHash());
        if (NodeState.valueOf(listed.state()) == NodeState.DELISTED) {
            return null;
        }
        var upstream = upstreams.listed(
                new NodeId(listed.nodeId()),
                listed.endpoint(),
                listed.webSocketEndpoint(),
                listed.addresses(),
                listed.headers());
        return Listing.of(listed, upstream);
    }

    private void remove(String nodeId) {
        var gone = byNode.remove(nodeId);
        if (gone != null) {
            upstreams.unlisted(gone.nodeId());
        }
    }
}
