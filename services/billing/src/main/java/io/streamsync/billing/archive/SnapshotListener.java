package io.streamsync.billing.archive;

import io.streamsync.events.Topics;
import io.streamsync.events.router.SnapshotTaken;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Takes the routers' snapshots in. The same snapshot has the same hash: taking it in twice changes nothing.
@Component
class SnapshotListener {

    private final Snapshots snapshots;
    private final JsonMapper json;

    SnapshotListener(Snapshots snapshots, JsonMapper json) {
        this.snapshots = snapshots;
        this.json = json;
    }

    @KafkaListener(groupId = "billing-snapshots", topics = Topics.SNAPSHOTS)
    void take(String value) {
        snapshots.take(json.readValue(value, SnapshotTaken.class));
    }
}
