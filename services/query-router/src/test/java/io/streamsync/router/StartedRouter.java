package io.streamsync.router;

import io.streamsync.router.market.Market;
import io.streamsync.router.node.HonestResults;
import io.streamsync.router.race.Balances;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The started router: real HTTP, real Kafka, scripted billing and nodes. All tests of it share one, which lives as
/// long as the JVM.
@Import(TestBroker.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class StartedRouter {

    static final int ROUTER = 7;
    static final String RACE_KEY = "000102030405060708090a0b0c0d0e0f";
    static final String RICH = "ssk_rich_0123456789";
    static final String POOR = "ssk_poor_0123456789";
    static final String UNLUCKY = "ssk_unlucky_0123456789";
    static final String THRIFTY = "ssk_thrifty_0123456789";
    static final String CROWD = "ssk_crowd_0123456789";
    static final String CAPPED = "ssk_capped_0123456789";
    static final String FRUGAL = "ssk_frugal_0123456789";
    static final String SPENT = "ssk_spent_0123456789";
    static final String MANAGER = "ssm_rich_0123456789";
    static final JsonMapper JSON = JsonMapper.shared();

    static final ScriptedBilling billing = new ScriptedBilling();
    static final EchoService onboarding = new EchoService("operator-onboarding");
    static final ScriptedMarket market = new ScriptedMarket();
    static final RaceStream stream = new RaceStream(ROUTER, RACE_KEY);
    static final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Queue<Socket> KEPT = new ConcurrentLinkedQueue<>();

    @Autowired
    private ApplicationContext started;

    @Value("${local.server.port}")
    protected int port;

    @Value("${local.management.port}")
    protected int managementPort;

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) throws IOException {
        var data = Files.createTempDirectory("router");
        var parameters = Files.writeString(data.resolve("parameters.json"), """
                {"deadline": "3s", "nodeTimeout": "1200ms", "verificationWindow": "1s"}
                """);
        registry.add("STREAMSYNC_ROUTER_ID", () -> ROUTER);
        registry.add("STREAMSYNC_RACE_KEY", () -> RACE_KEY);
        registry.add("STREAMSYNC_DATA_DIR", data::toString);
        registry.add("STREAMSYNC_PARAMETERS", parameters::toString);
        registry.add("STREAMSYNC_SERVICE_TOKEN", () -> "test-token");
        registry.add("STREAMSYNC_BILLING_URL", billing::url);
        registry.add("STREAMSYNC_ONBOARDING_URL", onboarding::url);
        registry.add("STREAMSYNC_REPUTATION_URL", StartedRouter::nobodyListens);
        registry.add("MANAGEMENT_SERVER_PORT", () -> 0);
        registry.add("STREAMSYNC_DRAIN", () -> "0s");
        registry.add("streamsync.router.pages.activity-every", () -> "100ms");
        billing.owns("rich", 5_000_000_000L);
        billing.owns("poor", ScriptedMarket.ASK_NANO - 1);
        billing.owns("thrifty", ScriptedMarket.DEAR_NANO - 1);
        billing.owns("capped", 5_000_000_000L);
        billing.owns("frugal", 5_000_000_000L);
        billing.owns("spent", 5_000_000_000L);
        billing.owns("crowd", 5_000_000_000L);
        billing.grantsAtMost("crowd", 10 * ScriptedMarket.ASK_NANO);
        billing.isSilentAbout("unlucky");
        billing.caps("key-spent", ScriptedMarket.ASK_NANO);
        billing.caps("key-frugal", 2 * ScriptedMarket.ASK_NANO + 1);
        market.key(RICH, "rich", "query", null);
        market.key(MANAGER, "rich", "manage", null);
        market.key(POOR, "poor", "query", null);
        market.key(UNLUCKY, "unlucky", "query", null);
        market.key(THRIFTY, "thrifty", "query", null);
        market.key(CROWD, "crowd", "query", null);
        market.key(CAPPED, "capped", "query", 1);
        market.key(SPENT, "spent", "query", ScriptedMarket.ASK_NANO, null);
        market.key(FRUGAL, "frugal", "query", 2 * ScriptedMarket.ASK_NANO + 1, null);
    }

    @BeforeEach
    void everybodyAnswers() {
        promptly().atMost(Duration.ofSeconds(30)).until(() -> health().contains("\"UP\""));
        market.allSay(HonestResults::to);
        promptly().until(() -> balance(RICH).statusCode() == 200);
        awaitNobodyAsked();
        closeCircuits();
    }

    /// What a node failed to do in other tests.
    private void closeCircuits() {
        var view = started.getBean(Market.class).current();
        view.snapshot().nodes().forEach(node -> view.upstream(node.id()).succeeded(System.nanoTime()));
    }

    /// The answer is out before all nodes have been asked: tests count from here. A race is open for no longer than its
    /// nodes have.
    void awaitNobodyAsked() {
        promptly().until(() -> Balances.of(started).open() == 0);
    }

    /// Looks at once: before and after each of hundreds of tests a tenth of a second would come to minutes.
    static ConditionFactory promptly() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10));
    }

    /// The port is kept, and nobody listens at it.
    @SuppressWarnings("resource") // for as long as the JVM lives
    static String nobodyListens() {
        try {
            var kept = new Socket();
            kept.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            KEPT.add(kept);
            return "http://127.0.0.1:" + kept.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String raw(String body) {
        return "POST / HTTP/1.1\r\nHost: edge\r\nX-API-Key: " + RICH + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    HttpResponse<String> balance(String key) {
        return rpc(key, call("1", "getBalance", "[\"a\"]"));
    }

    HttpResponse<String> rpc(String key, String body, String... headers) {
        var request = request(key);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String key) {
        return request(key, "/");
    }

    HttpRequest.Builder request(@Nullable String key, String path) {
        var request = HttpRequest.newBuilder(uri(path));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    String health() {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/actuator/health")))
                .body();
    }

    static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static String call(String id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    static JsonNode error(HttpResponse<String> response) {
        return JSON.readTree(response.body()).path("error");
    }

    static String race(HttpResponse<?> response) {
        return response.headers().firstValue("X-StreamSync-Race").orElseThrow();
    }

    static String key(String who) {
        return switch (who) {
            case "rich" -> RICH;
            case "poor" -> POOR;
            case "unlucky" -> UNLUCKY;
            case "manager" -> MANAGER;
            default -> who;
        };
    }
}
