package io.streamsync.reputation;

import static org.awaitility.Awaitility.await;

import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.NodeListed;
import io.streamsync.events.onboarding.NodeListed.AskListed;
import io.streamsync.events.probe.NodeProbed;
import io.streamsync.events.reputation.ScorePublished;
import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecord;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.testing.Backends;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.annotation.KafkaListener;
import tools.jackson.databind.json.JsonMapper;

/// What surrounds the service: onboarding and routers that tell, and somebody who reads its scores.
public class Market {

    public static final String MINIMUM_STAKE = "10000000000000";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", Backends.kafka()), new ByteArraySerializer(), new ByteArraySerializer());
    private final List<ScorePublished> published = new CopyOnWriteArrayList<>();
    private final List<NodeProbed> probes = new CopyOnWriteArrayList<>();
    private final JsonMapper json;
    private final InstantSource clock;

    Market(JsonMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    /// Lists the node `x-1` of each operator `x` with the minimum stake, and waits until its first scores are out.
    public void list(String... operators) {
        for (var operator : operators) {
            tell(listed(operator + "-1", operator, clock.instant(), "ACTIVE", MINIMUM_STAKE));
        }
        for (var operator : operators) {
            awaitScore(operator, score -> true);
        }
    }

    public void tell(NodeListed listed) {
        tellListing(listed.nodeId(), json.writeValueAsString(listed));
    }

    public void tellListing(String key, String value) {
        send(Topics.LISTINGS, key, value.getBytes(StandardCharsets.UTF_8));
    }

    public static NodeListed listed(String node, String operator, Instant at, String state, String bondedStake) {
        return listed(node, operator, at, state, bondedStake, "http://127.0.0.1:1/", Map.of());
    }

    /// The node `x-1` of an operator `x`, which sells look-ups. The checked address is this machine's, whatever the
    /// endpoint's host.
    public static NodeListed selling(String operator, Instant at, String endpoint) {
        var asks = Map.of("lookup", new AskListed("4000", 50, 10));
        return listed(operator + "-1", operator, at, "ACTIVE", MINIMUM_STAKE, endpoint, asks);
    }

    private static NodeListed listed(
            String node,
            String operator,
            Instant at,
            String state,
            String bondedStake,
            String endpoint,
            Map<String, AskListed> asks) {
        return new NodeListed(
                UUID.randomUUID().toString(),
                at,
                1,
                node,
                operator,
                operator,
                "ACTIVE",
                operator,
                bondedStake,
                state,
                endpoint,
                null,
                null,
                List.of("127.0.0.1"),
                Map.of("x-key", "secret"),
                asks,
                null);
    }

    public void tell(NodeProbed probed) {
        tellProbe(probed.nodeId(), json.writeValueAsString(probed));
    }

    public void tellProbe(String key, String value) {
        send(Topics.PROBES, key, value.getBytes(StandardCharsets.UTF_8));
    }

    /// What a prober told of the node `x-1` of an operator.
    public List<NodeProbed> probes(String prober, String operator) {
        return probes.stream()
                .filter(probe ->
                        probe.prober().equals(prober) && probe.operatorId().equals(operator))
                .toList();
    }

    /// Sends records of a router's first incarnation.
    public void race(int router, long first, StreamRecord... records) {
        frame(router, frame(router, first, records));
    }

    public void frame(int router, byte[] value) {
        send(Topics.RACES, router + "/1", value);
    }

    public static byte[] frame(int router, long first, StreamRecord... records) {
        return new Frame(
                        router,
                        1,
                        first,
                        Stream.of(records).map(StreamRecords::encode).toList())
                .encode();
    }

    /// Waits until a score like this was published of the operator's node.
    public ScorePublished awaitScore(String operator, Predicate<ScorePublished> like) {
        return await().atMost(PATIENCE)
                .until(() -> published(operator).stream().filter(like).reduce((_, last) -> last), Optional::isPresent)
                .orElseThrow();
    }

    public List<ScorePublished> published(String operator) {
        return published.stream()
                .filter(score -> score.operatorId().equals(operator))
                .toList();
    }

    @KafkaListener(topics = Topics.REPUTATIONS, groupId = "tests")
    void on(String score) {
        published.add(json.readValue(score, ScorePublished.class));
    }

    @KafkaListener(topics = Topics.PROBES, groupId = "tests-probes")
    void onProbe(String probe) {
        if (probe.contains("prober")) {
            probes.add(json.readValue(probe, NodeProbed.class));
        }
    }

    void close() {
        producer.close();
    }

    private void send(String topic, String key, byte[] value) {
        try {
            var _ = producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("not sent", e);
        }
    }
}
