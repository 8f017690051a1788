package io.streamsync.onboarding.admission;

import io.streamsync.events.Topics;
import io.streamsync.events.reputation.ScorePublished;
import io.streamsync.outbox.Inbox;
import io.streamsync.protocol.market.NodeId;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// Hears from reputation how often a node's answers were confirmed. Every node's scores change about once a
/// second: only those that change something here are remembered.
@Component
class ScoreListener {

    private static final String CONSUMER = "admission";

    private final JsonMapper json;
    private final Inbox inbox;
    private final Admission admission;

    ScoreListener(JsonMapper json, Inbox inbox, Admission admission) {
        this.json = json;
        this.inbox = inbox;
        this.admission = admission;
    }

    @KafkaListener(topics = Topics.REPUTATIONS)
    @Transactional
    public void on(String value) {
        var scores = json.readValue(value, ScorePublished.class);
        var nodeId = new NodeId(scores.nodeId());
        var isProof = admission.isProof(nodeId, scores.verifiedRaces(), scores.accuracy());
        if (isProof && inbox.isNew(CONSUMER, scores.eventId())) {
            admission.prove(nodeId);
        }
    }
}
