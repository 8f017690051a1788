package io.streamsync.reputation.listing;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.OperatorId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The nodes of the market in the database, by the bytes of their ids.
@Repository
public class Listings {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private static final String[] LISTED = Arrays.stream(NodeState.values())
            .filter(NodeState::isListed)
            .map(NodeState::name)
            .toArray(String[]::new);

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Listings(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Takes what was told of a node, unless something later was told before.
    void save(Listing listing, Reach reach, Instant toldAt) {
        jdbc.sql("""
                        insert into listing_node (node_id, operator_id, state, bonded_stake, told_at, is_new,
                                                  endpoint, addresses, headers, has_ask)
                        values (:node, :operator, :state, :stake, :toldAt, true,
                                :endpoint, :addresses, :headers::jsonb, :hasAsk)
                        on conflict (node_id) do update
                        set operator_id = excluded.operator_id, state = excluded.state,
                            bonded_stake = excluded.bonded_stake, told_at = excluded.told_at,
                            endpoint = excluded.endpoint, addresses = excluded.addresses,
                            headers = excluded.headers, has_ask = excluded.has_ask
                        where listing_node.told_at <= excluded.told_at
                        """)
                .param("node", listing.nodeId().value())
                .param("operator", listing.operatorId().value())
                .param("state", listing.state().name())
                .param("stake", listing.bondedStake())
                .param("toldAt", Timestamp.from(toldAt))
                .param("endpoint", reach.endpoint())
                .param("addresses", reach.addresses().toArray(String[]::new))
                .param("headers", json.writeValueAsString(reach.headers()))
                .param("hasAsk", reach.hasAsk())
                .update();
    }

    public Optional<Listing> of(NodeId nodeId) {
        return jdbc.sql("select * from listing_node where node_id = :node")
                .param("node", nodeId.value())
                .query(Listings::row)
                .optional();
    }

    /// Up to `limit` nodes after this one.
    ///
    /// @param after a node's id, or empty for the first page
    public List<Listing> after(String after, int limit) {
        return jdbc.sql("""
                        select * from listing_node where node_id > :after
                        order by node_id limit :limit
                        """)
                .param("after", after)
                .param("limit", limit)
                .query(Listings::row)
                .list();
    }

    /// These nodes and all nodes of these operators, where they are listed.
    public List<Listing> of(Collection<NodeId> nodes, Collection<OperatorId> operators) {
        return jdbc.sql("""
                        select * from listing_node
                        where node_id = any(:nodes) or operator_id = any(:operators)
                        """)
                .param("nodes", nodes.stream().map(NodeId::value).toArray(String[]::new))
                .param("operators", operators.stream().map(OperatorId::value).toArray(String[]::new))
                .query(Listings::row)
                .list();
    }

    /// All nodes that can be drawn.
    public List<Listing> listed() {
        return jdbc.sql("select * from listing_node where state = any(:states)")
                .param("states", LISTED)
                .query(Listings::row)
                .list();
    }

    /// All nodes that can be drawn and sell something.
    public List<SellingNode> selling() {
        return jdbc.sql("select * from listing_node where has_ask and state = any(:states) order by node_id")
                .param("states", LISTED)
                .query((row, n) -> new SellingNode(
                        new NodeId(row.getString("node_id")),
                        new OperatorId(row.getString("operator_id")),
                        row.getString("endpoint"),
                        List.of((String[]) row.getArray("addresses").getArray()),
                        json.readValue(row.getString("headers"), HEADERS)))
                .list();
    }

    /// The nodes that came since this was asked last; in the caller's transaction.
    @Transactional(propagation = Propagation.MANDATORY)
    public List<Listing> takeNew() {
        return jdbc.sql("update listing_node set is_new = false where is_new returning *")
                .query(Listings::row)
                .list();
    }

    private static Listing row(ResultSet row, int number) throws SQLException {
        return new Listing(
                new NodeId(row.getString("node_id")),
                new OperatorId(row.getString("operator_id")),
                NodeState.valueOf(row.getString("state")),
                row.getLong("bonded_stake"));
    }
}
