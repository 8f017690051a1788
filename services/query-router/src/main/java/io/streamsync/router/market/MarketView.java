package io.streamsync.router.market;

import io.streamsync.protocol.draw.Field;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.node.Upstream;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// One snapshot as a router works from it: with its name, the nodes behind it and the fields of common terms.
public final class MarketView {

    /// Fields that are kept beside those of the standard terms; customers' own terms must not fill the memory.
    private static final int KEPT_FIELDS = 256;

    private final MarketSnapshot snapshot;
    private final String hash;
    private final Map<NodeId, Upstream> upstreams;
    private final Census census;
    private final Parameters parameters;
    private final Map<Key, PricedField> fields = new ConcurrentHashMap<>();

    MarketView(MarketSnapshot snapshot, Map<NodeId, Upstream> upstreams, Census census, Parameters parameters) {
        this.snapshot = snapshot;
        this.hash = snapshot.hash();
        this.upstreams = Map.copyOf(upstreams);
        this.census = census;
        this.parameters = parameters;
    }

    public MarketSnapshot snapshot() {
        return snapshot;
    }

    /// The snapshot's name in records and events.
    public String hash() {
        return hash;
    }

    public Census census() {
        return census;
    }

    public PricedField field(QueryClass queryClass, Terms terms) {
        var key = new Key(queryClass, terms);
        var known = fields.get(key);
        if (known != null) {
            return known;
        }
        var field = newField(queryClass, terms);
        if (fields.size() < KEPT_FIELDS) {
            fields.put(key, field);
        }
        return field;
    }

    /// A field that is not kept: under terms that no other query will have, or of somebody who may never pay.
    public PricedField fieldForOnce(QueryClass queryClass, Terms terms) {
        var known = fields.get(new Key(queryClass, terms));
        return known != null ? known : newField(queryClass, terms);
    }

    private PricedField newField(QueryClass queryClass, Terms terms) {
        return PricedField.of(Field.of(snapshot, parameters, queryClass, terms), terms, parameters);
    }

    /// The node behind a node of the snapshot.
    public Upstream upstream(NodeId nodeId) {
        return Objects.requireNonNull(upstreams.get(nodeId));
    }

    private record Key(QueryClass queryClass, Terms terms) {}
}
