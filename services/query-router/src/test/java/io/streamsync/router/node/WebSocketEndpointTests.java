package io.streamsync.router.node;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.node.ScriptedNode.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where routers look for a node's WebSockets, and where they never do.
class WebSocketEndpointTests {

    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @AfterAll
    static void stopLoops() {
        var _ = LOOPS.shutdownGracefully();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "https://node.example/rpc?k=1, none, wss://node.example:444/rpc?k=1, 444",
                "http://node.example, none, ws://node.example:81, 81",
                "http://node.example:8899, none, ws://node.example:8900, 8900",
                "https://node.example, wss://node.example/ws, wss://node.example/ws, 443",
                "https://node.example, wss://NODE.example:9000, wss://NODE.example:9000, 9000",
                "http://[::1]:8899, none, ws://[::1]:8900, 8900"
            })
    void leadsToTheEndpointsHost(String endpoint, @Nullable String given, String uri, int port) {
        var webSocket = requireNonNull(upstream(endpoint, given).webSocket());

        assertThat(webSocket.uri()).hasToString(uri);
        assertThat(webSocket.addresses())
                .containsExactly(new InetSocketAddress("192.0.2.7", port), new InetSocketAddress("192.0.2.8", port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wss://elsewhere.example",
                "wss://192.0.2.7",
                "http://node.example",
                "ws://node.example:0",
                "ws://node.example:70000",
                "ws:node.example",
                "not a url",
                ""
            })
    void leadsNowhereElse(String given) {
        var upstream = upstream("https://node.example", given);

        assertThat(upstream.takesWebSockets()).isFalse();
    }

    @Test
    void isNotOnAPortAfterTheLast() {
        assertThat(upstream("http://node.example:65535", null).takesWebSockets())
                .isFalse();
    }

    @Test
    void isAnotherUpstreamOnceItIsElsewhere() {
        var upstreams = new Upstreams();
        var before = upstreams.listed(new NodeId("n"), "http://a:1", "ws://a:5", List.of("192.0.2.7"), Map.of());

        assertThat(upstreams.listed(new NodeId("n"), "http://a:1", "ws://a:5", List.of("192.0.2.7"), Map.of()))
                .isSameAs(before);
        assertThat(upstreams.listed(new NodeId("n"), "http://a:1", "ws://a:6", List.of("192.0.2.7"), Map.of()))
                .isNotSameAs(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wss", "ws"})
    void opensNothingWithoutATrustedCertificateOrAHandshake(String scheme) {
        try (var node = ScriptedNode.saying(Said.status(301))) {
            var upstream = new Upstreams()
                    .listed(
                            new NodeId("n"),
                            (scheme.equals("ws") ? "http" : "https") + "://localhost:1",
                            scheme + "://localhost:" + node.port(),
                            List.of("127.0.0.1"),
                            Map.of());

            assertThat(outcome(upstream)).isEqualTo("closed");
        }
    }

    @Test
    void triesTheNextCheckedAddressWhenOneCannotBeReached() {
        try (var node = ScriptedSocketNode.countingFrom(0)) {
            var upstream = new Upstreams()
                    .listed(
                            new NodeId("n"),
                            "http://127.0.0.1:1",
                            node.url(),
                            List.of("127.255.255.254", "127.0.0.1"),
                            Map.of());

            assertThat(outcome(upstream)).isEqualTo("opened");
        }
    }

    @Test
    void hangsUpOnANodeThatStillThinksAboutTheHandshake() throws IOException {
        try (var slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var upstream = new Upstreams()
                    .listed(
                            new NodeId("n"),
                            "http://127.0.0.1:1",
                            "ws://127.0.0.1:" + slow.getLocalPort(),
                            List.of("127.0.0.1"),
                            Map.of());
            var loop = new Loop(LOOPS.next(), NioSocketChannel.class);
            var sockets = new NodeSockets(Duration.ofMinutes(1), 1024, 1024, new RouterLog());
            var socket = CompletableFuture.supplyAsync(
                            () -> sockets.connect(loop, upstream, new Outcome(new CompletableFuture<>())),
                            loop.events())
                    .join();
            try (var accepted = slow.accept()) {
                accepted.setSoTimeout(10_000);
                var heard = accepted.getInputStream();
                assertThat(heard.read()).isEqualTo('G');

                loop.events().execute(socket::close);

                assertThat(heard.readAllBytes()).isNotEmpty();
            }
        }
    }

    private static String outcome(Upstream upstream) {
        var outcome = new CompletableFuture<String>();
        var sockets = new NodeSockets(Duration.ofSeconds(2), 1024, 1024, new RouterLog());
        var loop = new Loop(LOOPS.next(), NioSocketChannel.class);
        loop.events().execute(() -> sockets.connect(loop, upstream, new Outcome(outcome)));
        return outcome.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static Upstream upstream(String endpoint, @Nullable String given) {
        return new Upstreams().listed(new NodeId("n"), endpoint, given, List.of("192.0.2.7", "192.0.2.8"), Map.of());
    }

    private record Outcome(CompletableFuture<String> outcome) implements SocketListener {

        @Override
        public void opened() {
            outcome.complete("opened");
        }

        @Override
        public void received(byte[] message) {}

        @Override
        public void alive() {}

        @Override
        public void closed() {
            outcome.complete("closed");
        }
    }
}
