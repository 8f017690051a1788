package io.streamsync.billing.epoch;

import io.streamsync.billing.archive.SnapshotArchived;
import io.streamsync.events.Topics;
import io.streamsync.events.router.EpochSecret;
import org.springframework.context.event.EventListener;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Takes in what routers promise and reveal, and what they work from.
@Component
class EpochListener {

    private final EpochSecrets secrets;
    private final EpochSnapshots snapshots;
    private final JsonMapper json;

    EpochListener(EpochSecrets secrets, EpochSnapshots snapshots, JsonMapper json) {
        this.secrets = secrets;
        this.snapshots = snapshots;
        this.json = json;
    }

    @KafkaListener(groupId = "billing-epochs", topics = Topics.EPOCHS)
    void take(String value) {
        secrets.take(json.readValue(value, EpochSecret.class));
    }

    @EventListener
    void take(SnapshotArchived archived) {
        snapshots.add(archived.taken());
    }
}
