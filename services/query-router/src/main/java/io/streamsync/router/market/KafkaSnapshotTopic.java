package io.streamsync.router.market;

import io.streamsync.events.Topics;
import io.streamsync.events.router.SnapshotTaken;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.router.journal.Incarnation;
import io.streamsync.router.log.RouterLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Publishes snapshots on `streamsync.snapshots`, keyed by their names: whoever replays a race finds it by what the
/// record says. The sending goes on in the background; Kafka's producer keeps the order and repeats.
final class KafkaSnapshotTopic implements SnapshotTopic {

    private static final int SCHEMA_VERSION = 1;

    private final KafkaTemplate<String, String> kafka;
    private final JsonMapper json;
    private final Incarnation incarnation;
    private final RouterLog log;

    KafkaSnapshotTopic(KafkaTemplate<String, String> kafka, JsonMapper json, Incarnation incarnation, RouterLog log) {
        this.kafka = kafka;
        this.json = json;
        this.incarnation = incarnation;
        this.log = log;
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // its failure is logged, and the snapshot is told again next epoch
    public void publish(MarketSnapshot snapshot, String hash, Instant since, long epoch) {
        var event = new SnapshotTaken(
                UUID.randomUUID().toString(),
                since,
                SCHEMA_VERSION,
                Integer.toString(incarnation.router()),
                incarnation.number(),
                epoch,
                hash,
                new String(snapshot.canonical(), StandardCharsets.UTF_8));
        kafka.send(Topics.SNAPSHOTS, hash, json.writeValueAsString(event)).whenComplete((_, failure) -> {
            if (failure != null) {
                log.snapshotNotPublished(hash, failure);
            }
        });
    }
}
