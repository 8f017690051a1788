package io.streamsync.reputation.probing;

import io.streamsync.events.Topics;
import io.streamsync.events.probe.NodeProbed;
import java.time.InstantSource;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Takes in what all probers tell: this service and the routers.
@Component
class ProbeIntake {

    private final Probes probes;
    private final JsonMapper json;
    private final InstantSource clock;

    ProbeIntake(Probes probes, JsonMapper json, InstantSource clock) {
        this.probes = probes;
        this.json = json;
        this.clock = clock;
    }

    @KafkaListener(topics = Topics.PROBES, groupId = "reputation-probes")
    void on(String event) {
        probes.add(json.readValue(event, NodeProbed.class), clock.instant());
    }
}
