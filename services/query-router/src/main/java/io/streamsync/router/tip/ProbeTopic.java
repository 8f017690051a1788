package io.streamsync.router.tip;

import io.streamsync.events.Topics;
import io.streamsync.events.probe.NodeProbed;
import io.streamsync.router.log.RouterLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Tells reputation what the probes of this router brought. A Kafka that is away must not hold the probes up: what it
/// does not take in time is lost, as a probe that was never made.
final class ProbeTopic implements AutoCloseable {

    private static final int SCHEMA_VERSION = 1;

    /// A round of a large market.
    private static final int MOST_WAITING = 10_000;

    private final KafkaTemplate<String, String> kafka;
    private final JsonMapper json;
    private final String prober;
    private final RouterLog log;
    private final LinkedBlockingQueue<NodeProbed> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final ExecutorService sending = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("probe-topic").factory());

    ProbeTopic(KafkaTemplate<String, String> kafka, JsonMapper json, int router, RouterLog log) {
        this.kafka = kafka;
        this.json = json;
        this.prober = "router:" + router;
        this.log = log;
    }

    void tell(long round, Instant at, Probe probe, boolean answered) {
        waiting.offer(new NodeProbed(
                prober + "/" + round + "/" + probe.node().id(),
                at,
                SCHEMA_VERSION,
                prober,
                round,
                probe.node().id().value(),
                probe.node().operatorId().value(),
                answered,
                probe.latencyMicros(),
                probe.slot()));
    }

    /// Sends what has come together, on a thread of its own.
    void flush() {
        if (!waiting.isEmpty() && !sending.isShutdown()) {
            try {
                sending.execute(this::send);
            } catch (RejectedExecutionException closedMeanwhile) {
                // what a probe brought is not worth more
            }
        }
    }

    @Override
    public void close() {
        sending.shutdownNow();
    }

    private void send() {
        List<NodeProbed> batch = new ArrayList<>();
        waiting.drainTo(batch);
        try {
            for (var event : batch) {
                var _ = kafka.send(Topics.PROBES, event.nodeId(), json.writeValueAsString(event))
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                log.probesNotPublished(failure);
                            }
                        });
            }
        } catch (RuntimeException e) {
            log.probesNotPublished(e);
        }
    }
}
