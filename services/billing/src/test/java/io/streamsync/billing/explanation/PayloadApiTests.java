package io.streamsync.billing.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.Snapshots;
import io.streamsync.events.Topics;
import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@BillingTest
class PayloadApiTests {

    private static final RaceIds IDS = RaceIds.of(HexFormat.of().parseHex(BillingTest.RACE_KEY));

    private static final String KEPT = """
            {"request":{"jsonrpc":"2.0","id":1,"method":"getBalance","params":["abc"]},\
            "answers":[{"nodeId":"n","operatorId":"o","answer":{"value":1.50,"slot":18446744073709551615}},\
            {"nodeId":"m","operatorId":"p","answer":null}]}""";

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    JdbcClient jdbc;

    private final CountDownLatch released = new CountDownLatch(1);
    private final HttpServer routerServer;
    private volatile int status = 200;
    private volatile String body = KEPT;
    private volatile boolean hangs;
    private volatile @Nullable String asked;
    private volatile @Nullable String credential;

    PayloadApiTests() throws IOException {
        routerServer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    /// So that explanations need not wait for theirs.
    @BeforeEach
    void knowASnapshot() {
        Snapshots.keep(jdbc, Market.SNAPSHOT);
    }

    @BeforeEach
    void start() {
        routerServer.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        routerServer.createContext("/", exchange -> {
            asked = exchange.getRequestURI().getPath();
            credential = exchange.getRequestHeaders().getFirst("Authorization");
            if (hangs) {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            try (var out = exchange.getResponseBody()) {
                out.write(bytes);
            }
        });
        routerServer.start();
    }

    @AfterEach
    void stop() {
        released.countDown();
        routerServer.stop(0);
    }

    @Test
    void showsRequestAndAnswersToWhomTheyBelong() {
        var customer = http.customer("1");
        var raceId = race(customer, url());

        var own = http.get("/v1/races/" + raceId, customer.ask());

        assertThat(own.body()).contains("\"value\":1.50,\"slot\":18446744073709551615");
        assertThat(own.json().path("request").path("method").asString()).isEqualTo("getBalance");
        assertThat(own.json().path("answers")).hasSize(2);
        assertThat(own.json().path("raceId").asString()).isEqualTo(raceId);
        assertThat(asked).isEqualTo("/internal/races/" + raceId + "/payload");
        assertThat(credential).isEqualTo("Bearer " + BillingTest.SERVICE_TOKEN);
        assertThat(http.get("/v1/races/" + raceId, customer.manage()).json().has("request"))
                .isTrue();
    }

    @Test
    void showsThemToNobodyElse() {
        var raceId = race(http.customer("1"), url());

        assertThat(http.get("/v1/races/" + raceId).json().has("request")).isFalse();
        assertThat(http.get("/v1/races/" + raceId, http.customer("0").ask()).body())
                .doesNotContain("\"request\"", "\"answers\"");
        assertThat(http.get("/v1/races/" + raceId, "X-API-Key", "ss_query_unknown")
                        .status())
                .isEqualTo(200);
        assertThat(asked).as("the router was not even asked").isNull();
    }

    @Test
    void doesWithoutThemOnceTheyAreForgotten() {
        var customer = http.customer("1");
        var raceId = race(customer, url());
        status = 404;

        var own = http.get("/v1/races/" + raceId, customer.ask());

        assertThat(own.status()).isEqualTo(200);
        assertThat(own.json().has("request")).isFalse();
        assertThat(own.json().has("answers")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"request\":1}", "{\"request\":1,\"answers\":{}}", "null"})
    void doesWithoutWhatCannotBeRead(String answer) {
        var customer = http.customer("1");
        var raceId = race(customer, url());
        body = answer;

        assertThat(http.get("/v1/races/" + raceId, customer.ask()).json().has("request"))
                .isFalse();
    }

    @Test
    void doesNotWaitForARouterThatHangs() {
        var customer = http.customer("1");
        var raceId = race(customer, url() + "/");
        hangs = true;
        var started = System.nanoTime();

        var own = http.get("/v1/races/" + raceId, customer.ask());

        assertThat(own.json().has("request")).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void doesWithoutARouterThatIsAway() {
        var customer = http.customer("1");
        var raceId = race(customer, url());
        routerServer.stop(0);

        assertThat(http.get("/v1/races/" + raceId, customer.ask()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://127.0.0.1/",
                "http://127.0.0.1:70000",
                "http:///x",
                "nonsense",
                "http://a b/",
                "http://user@127.0.0.1/",
                "http://127.0.0.1/?a=b",
                "gopher://127.0.0.1"
            })
    void takesNoAddressButOfARouter(String url) {
        assertThat(http.internal("/internal/routers/60001/incarnations", "{\"internalUrl\":\"" + url + "\"}")
                        .problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void takesARouterThatSaysNothing() {
        assertThat(http.internal("/internal/routers/60002/incarnations", "{}").status())
                .isEqualTo(201);
        assertThat(http.internal("/internal/routers/60002/incarnations", "{\"internalUrl\":null}")
                        .status())
                .isEqualTo(201);
        assertThat(http.internal("/internal/routers/60002/incarnations", "{\"internalUrl\":[]}")
                        .problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    private String url() {
        return "http://127.0.0.1:" + routerServer.getAddress().getPort();
    }

    /// A race of a router that answers there.
    private String race(Http.Customer customer, String internalUrl) {
        var id = market.router().id;
        var started =
                http.internal("/internal/routers/" + id + "/incarnations", "{\"internalUrl\":\"" + internalUrl + "\"}");
        var router = market.new Router(id, started.json().path("incarnation").asInt());
        var sequence = router.charged(router.lease(customer, 1_000_000), 1_000);
        var raceId = IDS.seal(new RaceAddress(router.id, router.incarnation, sequence), router.now());
        Broker.send(Topics.RACES, 0, router.key(), router.frame().encode());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(http.get("/v1/races/" + raceId).status()).isEqualTo(200));
        return raceId;
    }
}
