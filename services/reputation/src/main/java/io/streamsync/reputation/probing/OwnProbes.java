package io.streamsync.reputation.probing;

import io.streamsync.events.Topics;
import io.streamsync.events.probe.NodeProbed;
import io.streamsync.reputation.listing.SellingNode;
import io.streamsync.reputation.probing.SlotQuestion.Reply;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Probes one node and tells what came of it.
///
/// It is told without the outbox: a probe is the effect of nothing in the database, and one that is lost counts for
/// nobody.
@Component
class OwnProbes {

    private static final String PROBER = "reputation";
    private static final int SCHEMA_VERSION = 1;

    private final SlotQuestion question;
    private final KafkaTemplate<String, String> kafka;
    private final ProbingLog log;
    private final JsonMapper json;
    private final InstantSource clock;

    OwnProbes(
            SlotQuestion question,
            KafkaTemplate<String, String> kafka,
            ProbingLog log,
            JsonMapper json,
            InstantSource clock) {
        this.question = question;
        this.kafka = kafka;
        this.log = log;
        this.json = json;
        this.clock = clock;
    }

    void probe(SellingNode node, long round) {
        switch (question.ask(node)) {
            case Reply.AtSlot(var slot, var latency) ->
                tell(node, round, TimeUnit.NANOSECONDS.toMicros(latency.toNanos()), slot);
            case Reply.Silence _ -> tell(node, round, null, null);
            case Reply.RateLimited _ -> {}
        }
    }

    private void tell(SellingNode node, long round, @Nullable Long latencyMicros, @Nullable Long slot) {
        var probed = new NodeProbed(
                UUID.randomUUID().toString(),
                clock.instant(),
                SCHEMA_VERSION,
                PROBER,
                round,
                node.nodeId().value(),
                node.operatorId().value(),
                slot != null,
                latencyMicros,
                slot);
        var _ = kafka.send(Topics.PROBES, node.nodeId().value(), json.writeValueAsString(probed))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        log.probeNotTold(node.nodeId(), failure);
                    }
                });
    }
}
