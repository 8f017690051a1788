package io.streamsync.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamsync.events.Topics;
import io.streamsync.events.billing.CredentialChanged;
import io.streamsync.events.onboarding.NodeListed;
import io.streamsync.events.onboarding.NodeListed.AskListed;
import io.streamsync.events.reputation.ScorePublished;
import io.streamsync.router.node.ScriptedNode;
import io.streamsync.router.node.ScriptedNode.Asked;
import io.streamsync.router.node.ScriptedNode.Said;
import io.streamsync.router.node.ScriptedSocketNode;
import io.streamsync.testing.Backends;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// Operators with a scripted node each, told to the router over the real topics, and the keys of its customers:
/// five sell lookups, archive queries and submissions, seven others sell scans, two sell compressed accounts,
/// one of them dearly.
final class ScriptedMarket implements AutoCloseable {

    static final long ASK_NANO = 4_000;
    static final int GUARANTEE_MS = 800;

    /// Which the first admitted node fixed: routers are not configured with one.
    static final String GENESIS_HASH = "4".repeat(43);

    private static final JsonMapper JSON = JsonMapper.shared();
    static final long DEAR_NANO = 9_000;
    private static final String STAKE = "10000000000000";

    private final List<ScriptedNode> nodes = new ArrayList<>();
    private final List<ScriptedNode> scanners = new ArrayList<>();
    private final List<ScriptedNode> indexers = new ArrayList<>();
    private final ScriptedSocketNode sockets = ScriptedSocketNode.countingFrom(700);
    private final KafkaProducer<String, String> kafka;

    ScriptedMarket() {
        createTopics();
        kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", Backends.kafka()), new StringSerializer(), new StringSerializer());
        for (var i = 0; i < 5; i++) {
            var asks = Map.of("lookup", ASK_NANO, "archive", ASK_NANO, "submit", ASK_NANO);
            nodes.add(listed("node" + i, "op" + i, asks));
        }
        for (var i = 0; i < 7; i++) {
            scanners.add(listed("scanner" + i, "scan-op" + i, Map.of("scan", ASK_NANO)));
        }
        indexers.add(listed("indexer0", "index-op0", Map.of("compressed", ASK_NANO)));
        indexers.add(listed("indexer1", "index-op1", Map.of("compressed", DEAR_NANO)));
        kafka.flush();
    }

    ScriptedNode node(int i) {
        return nodes.get(i);
    }

    List<ScriptedNode> nodes() {
        return nodes;
    }

    List<ScriptedNode> scanners() {
        return scanners;
    }

    List<ScriptedNode> indexers() {
        return indexers;
    }

    /// Where all nodes take WebSockets.
    ScriptedSocketNode sockets() {
        return sockets;
    }

    void allSay(Function<Asked, Said> script) {
        nodes.forEach(node -> node.says(script));
    }

    void allSay(Said said) {
        allSay(_ -> said);
    }

    int asked() {
        return nodes.stream().mapToInt(node -> node.asked().size()).sum();
    }

    void key(String key, String accountId, String scope, @Nullable Integer rateCap) {
        key(key, accountId, scope, null, rateCap);
    }

    void key(String key, String accountId, String scope, @Nullable Long dailyCapNano, @Nullable Integer rateCap) {
        tell(new CredentialChanged(
                UUID.randomUUID().toString(),
                Instant.now(),
                1,
                sha256(key),
                "key-" + accountId,
                accountId,
                scope,
                false,
                null,
                dailyCapNano == null ? null : Long.toString(dailyCapNano),
                rateCap,
                null));
    }

    /// A key that its holder has let choose.
    void choosingKey(
            String key,
            String accountId,
            @Nullable String racers,
            @Nullable String prefer,
            @Nullable List<String> operators) {
        tell(new CredentialChanged(
                UUID.randomUUID().toString(),
                Instant.now(),
                1,
                sha256(key),
                "key-" + key,
                accountId,
                "query",
                false,
                null,
                null,
                null,
                null,
                2_000,
                prefer,
                racers,
                null,
                operators,
                null,
                null,
                null));
    }

    private void tell(CredentialChanged event) {
        send(Topics.CREDENTIALS, event.keyHash(), JSON.writeValueAsString(event));
    }

    /// One more node for a while; whoever lists it delists it.
    void list(String nodeId, String operatorId, Map<String, Long> prices) {
        listed(nodeId, operatorId, prices).close();
    }

    void delist(String nodeId) {
        send(Topics.LISTINGS, nodeId, null);
        send(Topics.REPUTATIONS, nodeId, null);
    }

    @Override
    public void close() {
        kafka.close();
        nodes.forEach(ScriptedNode::close);
        scanners.forEach(ScriptedNode::close);
        indexers.forEach(ScriptedNode::close);
        sockets.close();
    }

    private ScriptedNode listed(String nodeId, String operatorId, Map<String, Long> prices) {
        var node = ScriptedNode.saying(Said.result("null"));
        var asks = new HashMap<String, AskListed>();
        prices.forEach((name, price) -> asks.put(name, new AskListed(Long.toString(price), GUARANTEE_MS, 100)));
        var listed = new NodeListed(
                UUID.randomUUID().toString(),
                Instant.now(),
                1,
                nodeId,
                operatorId,
                "Operator " + operatorId,
                "ACTIVE",
                operatorId,
                STAKE,
                "ACTIVE",
                node.endpoint(),
                sockets.url(),
                null,
                List.of("127.0.0.1"),
                Map.of(),
                asks,
                GENESIS_HASH);
        send(Topics.LISTINGS, nodeId, JSON.writeValueAsString(listed));
        flag(nodeId, operatorId, false);
        return node;
    }

    /// Opens or ends an outlier flag.
    void flag(String nodeId, String operatorId, boolean flagged) {
        var score = new ScorePublished(
                UUID.randomUUID().toString(),
                Instant.now(),
                1,
                nodeId,
                operatorId,
                Map.of(),
                990_000,
                990_000,
                9,
                flagged);
        send(Topics.REPUTATIONS, nodeId, JSON.writeValueAsString(score));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // flushed before anything depends on it
    private void send(String topic, String key, @Nullable String value) {
        kafka.send(new ProducerRecord<>(topic, key, value));
        kafka.flush();
    }

    private static void createTopics() {
        try (var admin = Admin.create(Map.of("bootstrap.servers", Backends.kafka()))) {
            var wanted = new HashSet<>(List.of(
                    Topics.RACES,
                    Topics.SNAPSHOTS,
                    Topics.EPOCHS,
                    Topics.LISTINGS,
                    Topics.REPUTATIONS,
                    Topics.CREDENTIALS,
                    Topics.PROBES));
            wanted.removeAll(admin.listTopics().names().get());
            admin.createTopics(wanted.stream()
                            .map(name -> new NewTopic(name, 3, (short) 1))
                            .toList())
                    .all()
                    .get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("no topics for the test", e);
        }
    }

    private static String sha256(String key) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
