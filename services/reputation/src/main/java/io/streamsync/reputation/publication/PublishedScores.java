package io.streamsync.reputation.publication;

import io.streamsync.protocol.market.NodeId;
import io.streamsync.reputation.score.Score;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// What the market was told last of each node.
@Repository
class PublishedScores {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    PublishedScores(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Map<NodeId, Score> of(Collection<NodeId> nodes) {
        return jdbc
                .sql("select node_id, score from publication_score where node_id = any(:nodes)")
                .param("nodes", nodes.stream().map(NodeId::value).toArray(String[]::new))
                .query((row, n) -> Map.entry(
                        new NodeId(row.getString("node_id")), json.readValue(row.getString("score"), Score.class)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    void save(Map<NodeId, Score> scores) {
        jdbc.sql("""
                        insert into publication_score (node_id, score)
                        select n.node_id, n.score::jsonb from unnest(:nodes::text[], :scores::text[]) as n (node_id, score)
                        on conflict (node_id) do update set score = excluded.score
                        """)
                .param("nodes", scores.keySet().stream().map(NodeId::value).toArray(String[]::new))
                .param(
                        "scores",
                        scores.values().stream().map(json::writeValueAsString).toArray(String[]::new))
                .update();
    }
}
