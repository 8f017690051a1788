package io.streamsync.onboarding.node;

import io.streamsync.onboarding.portal.PageRequest;
import io.streamsync.outbound.OutboundHeaders;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.OperatorId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The nodes. A state is written over the version that it was read from, or not at all.
@Repository
public class Nodes {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ApplicationEventPublisher events;

    Nodes(JdbcClient jdbc, JsonMapper json, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.json = json;
        this.events = events;
    }

    public Optional<Node> find(NodeId id) {
        return jdbc.sql("select * from node where node_id = ?")
                .param(id.value())
                .query(this::read)
                .optional();
    }

    /// A node that this operator owns.
    public Node of(OperatorId operatorId, NodeId id) {
        return find(id).filter(node -> node.operatorId().equals(operatorId))
                .orElseThrow(() -> new Refusal(ProblemCode.NOT_FOUND, "This operator has no node " + id + "."));
    }

    /// The nodes of an operator that are not delisted for good.
    public List<Node> ofOperator(OperatorId operatorId) {
        return ofOperator(operatorId, "");
    }

    /// The same, which nobody else changes until the transaction ends.
    @Transactional(propagation = Propagation.MANDATORY)
    List<Node> lockedOfOperator(OperatorId operatorId) {
        return ofOperator(operatorId, " for no key update");
    }

    /// How many an operator has listed since, whatever became of them.
    int listedSince(OperatorId operatorId, Instant moment) {
        return jdbc.sql("select count(*) from node where operator_id = ? and created_at > ?")
                .params(operatorId.value(), Timestamp.from(moment))
                .query(Integer.class)
                .single();
    }

    private List<Node> ofOperator(OperatorId operatorId, String lock) {
        return jdbc.sql(
                        "select * from node where operator_id = ? and (state <> 'DELISTED' or returns_as is not null) order by node_id"
                                + lock)
                .param(operatorId.value())
                .query(this::read)
                .list();
    }

    /// Some listed nodes, one per operator, in random order.
    public List<Node> sampleListed(int count) {
        return jdbc.sql("""
                        select * from (
                            select distinct on (operator_id) * from node
                            where state in ('PROBATION', 'ACTIVE') order by operator_id, random()) one_each
                        order by random() limit ?""").param(count).query(this::read).list();
    }

    /// Writes the next state and says so; nothing happens when it is the state that is there.
    @Transactional(propagation = Propagation.MANDATORY)
    public void change(Node before, Node next) {
        if (next.equals(before)) {
            return;
        }
        int changed =
                with(next, jdbc.sql("""
                        update node
                        set endpoint = :endpoint, web_socket_endpoint = :webSocket, headers = :headers::jsonb,
                            addresses = :addresses, region = :region, state = :state,
                            returns_as = :returnsAs, identity = :identity, since = :since, version = version + 1
                        where node_id = :id and version = :version""")).param("version", before.version()).update();
        if (changed == 0) {
            throw new OptimisticLockingFailureException("node " + next.id());
        }
        events.publishEvent(new NodeChanged(before, next));
    }

    void add(Node node) {
        with(node, jdbc.sql("""
                        insert into node
                            (node_id, operator_id, endpoint, web_socket_endpoint, headers, addresses, region, state,
                             identity, since, created_at)
                        values
                            (:id, :operatorId, :endpoint, :webSocket, :headers::jsonb, :addresses, :region, :state,
                             :identity, :since, :createdAt)"""))
                .param("operatorId", node.operatorId().value())
                .param("createdAt", Timestamp.from(node.createdAt()))
                .update();
        events.publishEvent(new NodeChanged(null, node));
    }

    /// One more than the limit, if there are so many.
    List<Node> page(OperatorId operatorId, PageRequest request) {
        return jdbc.sql("select * from node where operator_id = ? and node_id > ? order by node_id limit ?")
                .params(operatorId.value(), request.after(), request.limit() + 1)
                .query(this::read)
                .list();
    }

    /// Nodes that have drained since before a moment, for this transaction alone.
    List<Node> drainedBefore(Instant moment) {
        return jdbc.sql("select * from node where state = 'DRAINING' and since <= ? for update skip locked")
                .param(Timestamp.from(moment))
                .query(this::read)
                .list();
    }

    private StatementSpec with(Node node, StatementSpec statement) {
        var reach = node.reach();
        return statement
                .param("id", node.id().value())
                .param("endpoint", reach.endpoint().toString())
                .param("webSocket", text(reach.givenWebSocket()))
                .param("headers", json.writeValueAsString(reach.headers().values()))
                .param("addresses", reach.addresses().toArray(String[]::new))
                .param("region", node.region())
                .param("state", node.state().name())
                .param("returnsAs", returnsAs(node))
                .param("identity", node.identity())
                .param("since", Timestamp.from(node.since()));
    }

    private Node read(ResultSet row, int n) throws SQLException {
        return new Node(
                new NodeId(row.getString("node_id")),
                new OperatorId(row.getString("operator_id")),
                reach(row),
                row.getString("region"),
                NodeState.valueOf(row.getString("state")),
                returnsAs(row),
                row.getString("identity"),
                row.getTimestamp("since").toInstant(),
                row.getTimestamp("created_at").toInstant(),
                row.getInt("version"));
    }

    private Reach reach(ResultSet row) throws SQLException {
        var webSocket = row.getString("web_socket_endpoint");
        var headers = json.readValue(row.getString("headers"), new TypeReference<Map<String, String>>() {});
        return new Reach(
                URI.create(row.getString("endpoint")),
                webSocket == null ? null : URI.create(webSocket),
                new OutboundHeaders(headers),
                List.of((String[]) row.getArray("addresses").getArray()));
    }

    private static @Nullable String returnsAs(Node node) {
        var state = node.returnsAs();
        return state == null ? null : state.name();
    }

    private static @Nullable NodeState returnsAs(ResultSet row) throws SQLException {
        var state = row.getString("returns_as");
        return state == null ? null : NodeState.valueOf(state);
    }

    private static @Nullable String text(@Nullable URI uri) {
        return uri == null ? null : uri.toString();
    }
}
