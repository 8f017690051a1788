package io.streamsync.router.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/// A real server with short patience, and clients that are not in a hurry.
class EdgeConnectionsTests {

    private static final int ANSWER = 16 * 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final AtomicInteger gone = new AtomicInteger();
    private final DisposableServer server = edge(PATIENCE);

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void cutsOffAClientThatDoesNotRead() throws IOException {
        try (var _ = client("GET / HTTP/1.1\r\nHost: edge\r\n\r\n")) {
            Awaitility.await().until(() -> gone.get() == 1);
        }
    }

    @Test
    void keepsAClientThatReadsSlowly() throws IOException {
        try (var client = client("GET / HTTP/1.1\r\nHost: edge\r\n\r\n")) {
            var started = System.nanoTime();
            var read = new AtomicInteger();
            var input = client.getInputStream();

            Awaitility.await()
                    .pollInterval(Duration.ofMillis(40))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> read.addAndGet(input.readNBytes(256 * 1024).length) >= ANSWER);

            assertThat(System.nanoTime() - started).isGreaterThan(2 * PATIENCE.toNanos());
        }
    }

    @Test
    void cutsOffAClientThatReadsNextToNothing() throws IOException {
        try (var client = client("GET / HTTP/1.1\r\nHost: edge\r\n\r\n")) {
            var input = client.getInputStream();

            Awaitility.await()
                    .pollInterval(Duration.ofMillis(40))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> gone.get() == 1 || input.readNBytes(4 * 1024).length == 0);

            assertThat(gone).hasValue(1);
        }
    }

    @Test
    void givesUpARequestThatDoesNotComeWhole() throws IOException {
        try (var client = client("POST / HTTP/1.1\r\nHost: edge\r\nContent-Length: 10\r\n\r\nhalf")) {
            client.setSoTimeout(30_000);

            assertThat(client.getInputStream().readAllBytes()).hasSizeLessThan(1024);
        }
    }

    @Test
    void givesUpAHeadThatDoesNotComeWhole() throws IOException {
        try (var client = client("GET / HTTP/1.1\r\nHost: ed")) {
            client.setSoTimeout(30_000);

            assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 408 ")
                    .containsIgnoringCase("access-control-allow-origin: *")
                    .endsWith("}");
        }
    }

    @Test
    void keepsAClientThatIsSilentBetweenItsRequests() throws IOException {
        try (var client = client("POST / HTTP/1.1\r\nHost: edge\r\nContent-Length: 0\r\n\r\n")) {
            client.setSoTimeout(30_000);
            assertThat(new String(client.getInputStream().readNBytes(12), US_ASCII))
                    .isEqualTo("HTTP/1.1 200");
            Awaitility.await().during(PATIENCE.multipliedBy(2)).until(() -> gone.get() == 0);
        }
    }

    @Test
    void takesSoManyConnectionsAndNoMore() throws IOException {
        var clients = new ArrayList<Socket>();
        for (var i = 0; i < 2 * Edges.CONNECTIONS / 3; i++) {
            clients.add(client("GET"));
        }
        Awaitility.await()
                .untilAsserted(() -> assertThat(clients)
                        .filteredOn(client -> isEnded(client))
                        .hasSizeGreaterThan(Edges.CONNECTIONS / 10));
        for (var client : clients) {
            client.close();
        }
    }

    @Test
    void doesNotWaitForeverForAClientToHangUp() throws IOException {
        try (var client = client("POST /unread HTTP/1.1\r\nHost: edge\r\nContent-Length: 2000000\r\n\r\n")) {
            client.setSoTimeout(30_000);

            assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("connection: close");
            // its own side is open
            client.getOutputStream().write(0);
            Awaitility.await().until(() -> gone.get() == 1);
        }
    }

    @Test
    void waitsForAClientThatStillSendsUntilItHangsUp() throws IOException {
        var patient = edge(Duration.ofMinutes(1));
        try (var client = client("POST /unread HTTP/1.1\r\nHost: edge\r\nContent-Length: 2000000\r\n\r\n", patient)) {
            client.setSoTimeout(30_000);
            client.getInputStream().readAllBytes();
            client.getOutputStream().write(new byte[2_000_000]); // fails at a socket that is closed
            assertThat(gone).hasValue(0);
            client.shutdownOutput();

            Awaitility.await().until(() -> gone.get() == 1);
        } finally {
            patient.disposeNow();
        }
    }

    @Test
    void resetsAtOnceWhatIsBrokenOff() throws IOException {
        try (var client = client("POST /broken HTTP/1.1\r\nHost: edge\r\nContent-Length: 2000000\r\n\r\n")) {
            client.setSoTimeout(30_000);

            assertThatThrownBy(() -> client.getInputStream().readAllBytes()).isInstanceOf(SocketException.class);
        }
    }

    private static Mono<ByteBuf> reset(Channel channel) {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = channel.close();
        return Mono.never();
    }

    private static boolean isEnded(Socket client) {
        try {
            client.setSoTimeout(1);
            return client.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private DisposableServer edge(Duration patience) {
        return Edges.connections(patience, patience)
                .apply(HttpServer.create())
                .host("127.0.0.1")
                .port(0)
                .doOnConnection(connection -> connection.onDispose(gone::incrementAndGet))
                .route(routes -> routes.get(
                                "/", (_, response) -> response.sendObject(Unpooled.wrappedBuffer(new byte[ANSWER])))
                        .post("/", (request, response) -> request.receive().then(response.send()))
                        .post("/unread", (_, response) -> response.send())
                        .post(
                                "/broken",
                                (request, response) -> response.send(
                                        Flux.just(Unpooled.wrappedBuffer(new byte[1]))
                                                .concatWith(Mono.defer(() -> reset(((Connection) request).channel()))),
                                        _ -> true)))
                .bindNow();
    }

    private Socket client(String request) throws IOException {
        return client(request, server);
    }

    private static Socket client(String request, DisposableServer server) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return socket;
    }
}
