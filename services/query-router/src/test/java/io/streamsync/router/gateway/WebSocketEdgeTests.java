package io.streamsync.router.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamsync.router.log.RouterLog;
import io.streamsync.router.pubsub.SocketMarket;
import io.streamsync.router.race.QuietLoops;
import io.streamsync.router.race.SubscriptionWishes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.PortInUseException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/// Real clients' handshakes and frames, at the port of WebSockets and at the edge's own.
@SuppressWarnings("FutureReturnValueIgnored") // whether it was sent shows in what comes of it
class WebSocketEdgeTests {

    private static final Duration PATIENCE = Duration.ofMillis(400);
    private static final String KEY = SocketMarket.KEY;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final SocketMarket market = new SocketMarket(2);
    private final WebSocketEdge edge =
            new WebSocketEdge(market.pubSub(), SubscriptionWishes.standard(), QuietLoops.watch(), new RouterLog());
    private final EdgeConnections connections = Edges.connections(PATIENCE, Duration.ofSeconds(30));
    private final WebSocketServer server = server(0);
    private final DisposableServer main = connections
            .apply(HttpServer.create())
            .host("127.0.0.1")
            .port(0)
            .route(routes -> new WebSocketRoute(edge)
                    .apply(routes)
                    .get("/{anything}", (_, response) -> response.status(404).send()))
            .bindNow();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
        main.disposeNow();
        market.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?api-key=" + KEY, "/v1/rpc/" + KEY, "/any/path?x=1&api-key=" + KEY})
    void takesAKeyInTheUrlAtAnyPath(String path) {
        var client = subscribed(ws(server.port(), path));

        assertThat(client.texts()).containsExactly("{\"jsonrpc\":\"2.0\",\"result\":1,\"id\":1}");
    }

    @Test
    void takesAKeyInAHeader() {
        subscribed(connect(ws(server.port(), "/"), builder -> builder.header("X-API-Key", KEY)));
        subscribed(connect(ws(server.port(), "/"), builder -> builder.header("Authorization", "Bearer " + KEY)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?api-key=" + KEY, "/v1/rpc?api-key=" + KEY, "/v1/rpc/" + KEY})
    void isAnUpgradeOfTheEdgesOwnPort(String path) {
        subscribed(ws(main.port(), path));
    }

    @Test
    void isNoUpgradeElsewhereOnTheEdgesPort() {
        assertThat(refusal(ws(main.port(), "/elsewhere?api-key=" + KEY))).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?api-key=nobody", "/v1/rpc/nobody", "/?api-key=", "/?api-key=%"})
    void refusesOtherKeysAtTheHandshake(String path) {
        assertThat(refusal(ws(server.port(), path))).isEqualTo(401);
    }

    @Test
    void saysWhyInTheWordsOfJsonRpc() throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
                .build();

        assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(426);
        assertThat(raw(handshake("/"))).startsWith("HTTP/1.1 401 ").contains("\"code\":-31001");
    }

    @Test
    void refusesConnectionsBeyondThoseOfAKey() {
        for (var i = 0; i < 3; i++) {
            subscribed(ws(server.port(), "/?api-key=" + KEY));
        }

        assertThat(refusal(ws(server.port(), "/?api-key=" + KEY))).isEqualTo(429);
    }

    @Test
    void staysLongerThanARequestMay() {
        var client = subscribed(ws(main.port(), "/?api-key=" + KEY));

        Awaitility.await()
                .during(PATIENCE.multipliedBy(3))
                .atMost(Duration.ofSeconds(30))
                .until(() -> client.closeCode() < 0);
        client.says(call(2, "rootSubscribe"));
        until(() -> client.texts().size() == 2);
    }

    @Test
    void putsFragmentsTogether() {
        var client = connect(ws(server.port(), "/?api-key=" + KEY));
        var call = call(1, "slotSubscribe");

        client.socket().sendText(call.substring(0, 20), false).join();
        client.socket().sendPing(ByteBuffer.allocate(0)).join();
        client.socket().sendText(call.substring(20), true).join();
        until(() -> client.texts().size() == 1);
        client.socket().sendBinary(ByteBuffer.wrap(call(2, "rootSubscribe").getBytes(US_ASCII)), true);

        until(() -> client.texts().size() == 2);
        assertThat(client.pongs()).isEqualTo(1);
    }

    @Test
    void takesNoMessageThatIsTooLarge() {
        var whole = connect(ws(server.port(), "/?api-key=" + KEY));
        var inParts = connect(ws(server.port(), "/?api-key=" + KEY));

        whole.socket().sendText("x".repeat(70_000), true);
        inParts.socket().sendText("x".repeat(40_000), false).join();
        inParts.socket().sendText("x".repeat(40_000), true);

        until(() -> whole.closeCode() == 1009 && inParts.closeCode() == 1009);
    }

    @Test
    void cutsOffAClientThatDoesNotRead() {
        var client = subscribed(ws(server.port(), "/?api-key=" + KEY));
        client.readsNoMore();
        var large = "\"" + "x".repeat(200_000) + "\"";

        until(() -> {
            market.nodes().forEach(node -> node.notify("slot", large));
            return market.pubSub().refusal(KEY) == null
                    && market.nodes().stream().allMatch(node -> node.connections() == 0);
        });
    }

    @Test
    void cutsOffAClientThatPingsAndDoesNotRead() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var out = socket.getOutputStream();
            out.write(handshake("/?api-key=" + KEY).getBytes(US_ASCII));
            assertThat(socket.getInputStream().readNBytes(12))
                    .asString(US_ASCII)
                    .isEqualTo("HTTP/1.1 101");
            out.write(masked(0x81, call(1, "slotSubscribe").getBytes(US_ASCII)));
            until(() -> market.nodes().stream().anyMatch(node -> !node.live().isEmpty()));

            until(() -> pings(out) || market.nodes().stream().allMatch(node -> node.connections() == 0));
        }
    }

    @Test
    void passesLargeNotificationsWhole() {
        var client = subscribed(ws(server.port(), "/?api-key=" + KEY));
        var large = "\"" + "é".repeat(60_000) + "\"";

        market.tells("slot", large);

        until(() -> client.texts().size() == 2);
        assertThat(client.texts().getLast())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"slotNotification\",\"params\":{\"result\":" + large
                        + ",\"subscription\":1}}");
    }

    @Test
    void closesWithItsKey() {
        var client = subscribed(ws(main.port(), "/?api-key=" + KEY));

        market.revokes(KEY);

        until(() -> client.closeCode() == 1008);
        assertThat(refusal(ws(main.port(), "/?api-key=" + KEY))).isEqualTo(401);
    }

    @Test
    void tellsItsClientsToGoWhenItStops() {
        var here = subscribed(ws(server.port(), "/?api-key=" + KEY));
        var there = subscribed(ws(main.port(), "/?api-key=" + KEY));

        server.stop();

        until(() -> here.closeCode() == 1001 && there.closeCode() == 1001);
    }

    @Test
    void leavesTheNodeWhenItsClientLeaves() {
        var client = subscribed(ws(server.port(), "/?api-key=" + KEY));

        client.socket().abort();

        until(() -> market.nodes().stream().allMatch(node -> node.connections() == 0));
    }

    @Test
    void saysWhichPortIsInUse() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var second = server(taken.getLocalPort());

            assertThatExceptionOfType(PortInUseException.class)
                    .isThrownBy(second::start)
                    .satisfies(inUse -> assertThat(inUse.getPort()).isEqualTo(taken.getLocalPort()));
        }
    }

    private WebSocketServer server(int port) {
        return new WebSocketServer(
                edge, market.pubSub(), connections, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private static TestingWebSocket subscribed(URI uri) {
        return subscribed(connect(uri));
    }

    private static TestingWebSocket subscribed(TestingWebSocket client) {
        client.says(call(1, "slotSubscribe"));
        until(() -> client.texts().size() == 1);
        return client;
    }

    private static TestingWebSocket connect(URI uri) {
        return connect(uri, builder -> builder);
    }

    private static TestingWebSocket connect(URI uri, UnaryOperator<WebSocket.Builder> how) {
        var listener = new TestingWebSocket();
        how.apply(HTTP.newWebSocketBuilder()).buildAsync(uri, listener).join();
        return listener;
    }

    private static int refusal(URI uri) {
        try {
            connect(uri);
        } catch (CompletionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                return refused.getResponse().statusCode();
            }
        }
        throw new AssertionError("not refused");
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            socket.setSoTimeout(30_000);
            return new String(socket.getInputStream().readNBytes(200), US_ASCII);
        }
    }

    private static String handshake(String path) {
        return "GET " + path
                + " HTTP/1.1\r\nHost: edge\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    }

    /// Some thousand pings, and a pong to be taken for alive.
    ///
    /// @return whether nobody listens any more
    private static boolean pings(OutputStream out) {
        var pings = new ByteArrayOutputStream();
        for (var i = 0; i < 2_000; i++) {
            pings.writeBytes(masked(0x89, new byte[125]));
        }
        pings.writeBytes(masked(0x8a, new byte[0]));
        try {
            out.write(pings.toByteArray());
            return false;
        } catch (IOException gone) {
            return true;
        }
    }

    /// A client's frame, with a mask of zeros.
    private static byte[] masked(int opcode, byte[] payload) {
        var frame = ByteBuffer.allocate(6 + payload.length);
        return frame.put((byte) opcode)
                .put((byte) (0x80 | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(30))
                .until(condition);
    }

    private static URI ws(int port, String path) {
        return URI.create("ws://127.0.0.1:" + port + path.replace("%", "%25"));
    }

    private static String call(int id, String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\"}";
    }
}
