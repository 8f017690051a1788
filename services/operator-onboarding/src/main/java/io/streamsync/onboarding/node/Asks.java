package io.streamsync.onboarding.node;

import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// What nodes ask, by class. An ask is replaced whole, whatever the node's state, so the last one counts.
@Repository
public class Asks {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    Asks(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    @Transactional
    void put(NodeId nodeId, QueryClass queryClass, Ask ask) {
        jdbc.sql("""
                        insert into node_ask (node_id, query_class, price, max_latency_ms, capacity)
                        values (?, ?, ?, ?, ?)
                        on conflict (node_id, query_class) do update
                            set price = excluded.price, max_latency_ms = excluded.max_latency_ms,
                                capacity = excluded.capacity""")
                .params(
                        nodeId.value(),
                        queryClass.wireName(),
                        ask.priceNano(),
                        ask.guaranteedLatencyMs(),
                        ask.capacity())
                .update();
        events.publishEvent(new AskChanged(nodeId));
    }

    @Transactional
    void remove(NodeId nodeId, QueryClass queryClass) {
        jdbc.sql("delete from node_ask where node_id = ? and query_class = ?")
                .params(nodeId.value(), queryClass.wireName())
                .update();
        events.publishEvent(new AskChanged(nodeId));
    }

    public Map<NodeId, Map<QueryClass, Ask>> of(OperatorId operatorId) {
        var asks = new HashMap<NodeId, Map<QueryClass, Ask>>();
        jdbc.sql("select a.* from node_ask a join node using (node_id) where operator_id = ?")
                .param(operatorId.value())
                .query(row -> {
                    var queryClass = QueryClass.ofWireName(row.getString("query_class"));
                    var ask = new Ask(row.getLong("price"), row.getInt("max_latency_ms"), row.getInt("capacity"));
                    asks.computeIfAbsent(new NodeId(row.getString("node_id")), node -> new EnumMap<>(QueryClass.class))
                            .put(queryClass.orElseThrow(), ask);
                });
        return asks;
    }
}
