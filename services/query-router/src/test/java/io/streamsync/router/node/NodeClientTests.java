package io.streamsync.router.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.node.NodeFailure.Kind;
import io.streamsync.router.node.ScriptedNode.Said;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@SuppressWarnings("FutureReturnValueIgnored") // of event loops: what matters comes as a reply
@ExtendWith(OutputCaptureExtension.class)
class NodeClientTests {

    private static final byte[] REQUEST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getSlot\"}".getBytes(UTF_8);
    private static final String ANSWER = "{\"jsonrpc\":\"2.0\",\"result\":7,\"id\":1}";
    private static final int LARGEST = 100_000;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Loop loop = new Loop(group.next(), NioSocketChannel.class);
    private NodeClient client = client(Duration.ofSeconds(20), Duration.ofSeconds(30), 2 * LARGEST);

    /// For tests of what takes too long, which is soon here; the others have time on any machine.
    private static NodeClient hasty() {
        return client(Duration.ofSeconds(1), Duration.ofMillis(300), 2 * LARGEST);
    }

    private static NodeClient client(Duration timeout, Duration idle, int memory) {
        return new NodeClient(
                new NodeLimits(
                        timeout.toNanos(),
                        idle.toNanos(),
                        Duration.ofSeconds(1).toNanos(),
                        LARGEST,
                        8,
                        new AnswerMemory(memory)),
                NodeTls.trustingTheSystem(),
                new RouterLog());
    }

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    @Test
    void sendsTheRequestToThePathOfTheEndpointWithTheOperatorsHeaders() {
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            var upstream = new Upstreams()
                    .listed(
                            new NodeId("n"),
                            "http://node.example:" + node.port() + "/rpc?k=v",
                            List.of("127.0.0.1"),
                            Map.of("X-Token", "t0"));

            assertThat(ask(upstream)).isEqualTo(ANSWER);

            var asked = node.asked().getFirst();
            assertThat(asked.head())
                    .startsWith("POST /rpc?k=v HTTP/1.1\r\n")
                    .contains("Host: node.example:" + node.port() + "\r\n")
                    .contains("X-Token: t0\r\n");
            assertThat(asked.body()).isEqualTo(new String(REQUEST, UTF_8));
        }
    }

    @Test
    void keepsTheConnection() {
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            var upstream = upstream(node);

            for (var i = 0; i < 5; i++) {
                assertThat(ask(upstream)).isEqualTo(ANSWER);
            }

            assertThat(node.connections()).isEqualTo(1);
        }
    }

    @Test
    void opensAnotherConnectionWhenTheNodeEndsTheFirst() {
        var closing =
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n" + ANSWER;
        try (var node = ScriptedNode.saying(Said.raw(closing).thenCloses())) {
            var upstream = upstream(node);

            assertThat(ask(upstream)).isEqualTo(ANSWER);
            assertThat(ask(upstream)).isEqualTo(ANSWER);

            assertThat(node.connections()).isEqualTo(2);
        }
    }

    static List<String> framings() {
        var first = ANSWER.substring(0, 5);
        var rest = ANSWER.substring(5);
        return List.of(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n" + first + "\r\n"
                        + Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\nX-Trailer: x\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length:" + ANSWER.length() + "\r\n\r\n"
                        + ANSWER,
                "HTTP/1.0 200 OK\r\n\r\n" + ANSWER);
    }

    @ParameterizedTest
    @MethodSource("framings")
    void readsEveryFramingOfHttp(String response) {
        try (var node = ScriptedNode.saying(Said.raw(response).thenCloses())) {
            assertThat(ask(upstream(node))).isEqualTo(ANSWER);
        }
    }

    @Test
    void asksAgainOnceWhenAKeptConnectionWasDead() {
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            var upstream = upstream(node);
            ask(upstream);
            node.says(asked -> node.asked().size() == 2 ? Said.raw("").thenCloses() : Said.body(ANSWER));

            assertThat(ask(upstream)).isEqualTo(ANSWER);

            assertThat(node.asked()).hasSize(3);
            assertThat(node.connections()).isEqualTo(2);
        }
    }

    @Test
    void neverAsksTwiceWhatMayHappenOnce() {
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            var upstream = upstream(node);
            ask(upstream);
            node.says(_ -> Said.raw("").thenCloses());

            assertThat(failure(upstream, false)).isEqualTo(NodeFailure.of(Kind.BROKEN_OFF));

            assertThat(node.asked()).hasSize(2);
        }
    }

    @Test
    void asksOnAConnectionOfItsOwnWhatMayHappenOnce() {
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            var upstream = upstream(node);
            ask(upstream);

            assertThat(askAsync(upstream, false).join()).isEqualTo(ANSWER);

            assertThat(node.connections()).isEqualTo(2);
        }
    }

    @Test
    void asksAgainWhenAKeptConnectionTimedOutAsTheQuestionCame() {
        var timedOut = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            var upstream = upstream(node);
            ask(upstream);
            node.says(asked -> node.asked().size() == 2 ? Said.raw(timedOut).thenCloses() : Said.body(ANSWER));

            assertThat(ask(upstream)).isEqualTo(ANSWER);

            node.says(_ -> Said.raw(timedOut).thenCloses());
            assertThat(failure(upstream, true)).isEqualTo(NodeFailure.ofStatus(408, 0));
        }
    }

    @Test
    void takesNoSurplusForTheAnswerToTheNextQuestion() {
        var surplus = Said.body(ANSWER.replace('7', '8'));
        var both = new String(Said.body(ANSWER).bytes(), UTF_8) + new String(surplus.bytes(), UTF_8);
        try (var node = ScriptedNode.saying(Said.raw(both))) {
            var upstream = upstream(node);
            var second = new CompletableFuture<String>();
            loop.events()
                    .execute(() -> client.ask(loop, upstream, REQUEST, true, reply(_ -> {
                        node.says(_ -> Said.body(ANSWER.replace('7', '9')));
                        client.ask(loop, upstream, REQUEST, true, reply(second::complete));
                    })));

            assertThat(second.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(ANSWER.replace('7', '9'));
        }
    }

    @Test
    void runsTheClockUntilTheFirstByteOfTheBody() {
        var head = "HTTP/1.1 200 OK\r\nContent-Length: " + ANSWER.length() + "\r\n\r\n";
        try (var node = ScriptedNode.saying(Said.raw(head).then(Said.raw(ANSWER).after(Duration.ofMillis(150))))) {
            var firstByteAt = new CompletableFuture<Long>();
            var asked = System.nanoTime();
            loop.events()
                    .execute(() -> client.ask(loop, upstream(node), REQUEST, true, new NodeReply() {
                        @Override
                        public void answered(byte[] body, long at) {
                            firstByteAt.complete(at);
                        }

                        @Override
                        public void failed(NodeFailure failure) {
                            firstByteAt.completeExceptionally(new AssertionError(failure));
                        }
                    }));

            assertThat(firstByteAt.orTimeout(30, TimeUnit.SECONDS).join() - asked)
                    .isGreaterThan(Duration.ofMillis(150).toNanos());
        }
    }

    @Test
    void endsWhatTakesTooLongAlsoAfterARaceBroke(CapturedOutput output) {
        client = hasty();
        try (var node = ScriptedNode.saying(Said.nothing())) {
            var upstream = upstream(node);
            loop.events()
                    .execute(() -> client.ask(loop, upstream, REQUEST, true, new NodeReply() {
                        @Override
                        public void answered(byte[] body, long firstByteAt) {}

                        @Override
                        public void failed(NodeFailure failure) {
                            throw new IllegalStateException("a race broke at a timeout");
                        }
                    }));

            assertThat(failure(upstream, true)).isEqualTo(NodeFailure.of(Kind.TIMEOUT));
            assertThat(failure(upstream, true)).isEqualTo(NodeFailure.of(Kind.TIMEOUT));
            assertThat(output).contains("a race broke at a timeout");
        }
    }

    @Test
    void tellsWhatBrokeWhenAnAnswerWasTaken(CapturedOutput output) {
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            loop.events()
                    .execute(() -> client.ask(loop, upstream(node), REQUEST, true, reply(_ -> {
                        throw new IllegalStateException("a race broke at an answer");
                    })));

            Awaitility.await().until(() -> output.getAll().contains("a race broke at an answer"));
        }
    }

    @Test
    void doesNotAskAgainAfterTheFirstByte() {
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            var upstream = upstream(node);
            ask(upstream);
            node.says(_ -> Said.raw("HTTP/1.1 200 OK\r\nContent-Length: 38\r\n\r\n{\"json")
                    .thenCloses());

            assertThat(failure(upstream, true)).isEqualTo(NodeFailure.of(Kind.BROKEN_OFF));

            assertThat(node.asked()).hasSize(2);
        }
    }

    @Test
    void survivesConnectionsThatDiedWhileTheyWereKept() {
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            var upstream = upstream(node);
            ask(upstream);
            node.dropConnections();

            assertThat(ask(upstream)).isEqualTo(ANSWER);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\1\2 garbage\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "SSH-2.0-OpenSSH_9.9\r\n\r\n"
            })
    void failsOnWhatIsNotHttp(String bytes) {
        try (var node = ScriptedNode.saying(Said.raw(bytes))) {
            assertThat(failure(upstream(node), true)).isEqualTo(NodeFailure.of(Kind.MALFORMED));
        }
    }

    @Test
    void failsWhenTheAnswerBreaksOff() {
        var half = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"jsonrpc\"";
        try (var node = ScriptedNode.saying(Said.raw(half).thenCloses())) {
            assertThat(failure(upstream(node), true)).isEqualTo(NodeFailure.of(Kind.BROKEN_OFF));
        }
    }

    @Test
    void failsWhenTheNodeIsSilentAndNeverUsesThatConnectionAgain() {
        client = hasty();
        try (var node = ScriptedNode.saying(Said.nothing())) {
            var upstream = upstream(node);

            assertThat(failure(upstream, true)).isEqualTo(NodeFailure.of(Kind.TIMEOUT));

            node.says(_ -> Said.body(ANSWER));
            assertThat(ask(upstream)).isEqualTo(ANSWER);
            assertThat(node.connections()).isEqualTo(2);
        }
    }

    @Test
    void takesNoMoreThanTheLargestAnswer() {
        var large = "\"" + "x".repeat(LARGEST) + "\"";
        try (var node = ScriptedNode.saying(Said.result(large))) {
            assertThat(failure(upstream(node), true)).isEqualTo(NodeFailure.of(Kind.TOO_LARGE));
        }
    }

    @Test
    void takesALargeAnswerWhole() {
        var large = "\"" + "x".repeat(LARGEST - 100) + "\"";
        try (var node = ScriptedNode.saying(Said.result(large))) {
            assertThat(ask(upstream(node))).contains(large);
        }
    }

    @Test
    void holdsNoMoreOfLongAnswersThanThereIsRoomFor() {
        var large = "\"" + "x".repeat(LARGEST - 100) + "\"";
        try (var node = ScriptedNode.saying(Said.result(large))) {
            var upstream = upstream(node);
            var customer = client.memory("customer");
            var first = (String) askAsync(upstream, true, customer).join();
            var second = (String) askAsync(upstream, true, customer).join();

            assertThat(askAsync(upstream, true, customer).join()).isEqualTo(NodeFailure.of(Kind.NO_ROOM));

            customer.shrink(first.length(), 0);
            customer.shrink(second.length(), 0);
            assertThat((String) askAsync(upstream, true, customer).join()).contains(large);
        }
    }

    @Test
    void holdsNothingOfLongAnswersToTheRoutersOwnQuestions() {
        try (var node = ScriptedNode.saying(Said.result("\"" + "x".repeat(LARGEST - 100) + "\""))) {
            for (var i = 0; i < 4; i++) {
                assertThat(ask(upstream(node))).startsWith("{");
            }
            Awaitility.await().until(() -> client.heldBytes() == 0);
        }
    }

    @Test
    void endsALongAnswerThatNeverEnds() {
        try (var node = ScriptedNode.saying(Said.nothing())) {
            node.speaks((_, out) -> {
                out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(UTF_8));
                for (var i = 0; i < 1_000; i++) {
                    out.write(new byte[70_000]);
                    pause();
                }
            });
            var roomy = client(Duration.ofSeconds(20), Duration.ofSeconds(30), 2 * NodeStream.TAKEN);
            var broken = new CompletableFuture<NodeFailure>();
            loop.events().execute(() -> roomy.ask(loop, upstream(node), REQUEST, true, taking(broken)));

            assertThat(broken.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(NodeFailure.of(Kind.TIMEOUT));
            Awaitility.await().until(() -> roomy.heldBytes() == 0);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Takes what comes as it comes.
    private NodeReply taking(CompletableFuture<NodeFailure> broken) {
        return new NodeReply() {
            @Override
            public void answered(byte[] body, long firstByteAt) {
                throw new AssertionError("it has no end");
            }

            @Override
            public void failed(NodeFailure failure) {
                throw new AssertionError(failure);
            }

            @Override
            public int held() {
                return 1_000;
            }

            @Override
            public void streams(NodeStream stream, long firstByteAt) {
                stream.read(() -> {
                    for (var piece = stream.next(); piece != null; piece = stream.next()) {
                        piece.release();
                    }
                    var why = stream.failure();
                    if (why != null) {
                        stream.close();
                        broken.complete(why);
                    }
                });
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 429, 500, 503})
    void tellsEveryOtherStatusAndFollowsNoRedirect(int status) {
        var elsewhere = ScriptedNode.saying(Said.body(ANSWER));
        var redirect =
                "HTTP/1.1 " + status + " Moved\r\nLocation: " + elsewhere.endpoint() + "\r\nContent-Length: 0\r\n\r\n";
        try (elsewhere;
                var node = ScriptedNode.saying(Said.raw(redirect))) {
            assertThat(failure(upstream(node), true)).isEqualTo(NodeFailure.ofStatus(status, 0));
            assertThat(elsewhere.asked()).isEmpty();
        }
    }

    @Test
    void triesTheNextCheckedAddressWhenOneCannotBeReached() {
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            var upstream = new Upstreams()
                    .listed(
                            new NodeId("n"),
                            "http://node.example:" + node.port(),
                            List.of("::1", "127.0.0.1"),
                            Map.of());

            assertThat(ask(upstream)).isEqualTo(ANSWER);
        }
    }

    @Test
    void failsWhenNoAddressCanBeReached() throws IOException {
        try (var kept = new Socket()) { // nobody listens there
            kept.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            var upstream = new Upstreams()
                    .listed(new NodeId("n"), "http://127.0.0.1:" + kept.getLocalPort(), List.of("127.0.0.1"), Map.of());

            assertThat(failure(upstream, true)).isEqualTo(NodeFailure.of(Kind.CONNECT));
        }
    }

    @Test
    void boundsTheConnectionsToOneNode() {
        try (var node = ScriptedNode.saying(Said.nothing())) {
            var upstream = upstream(node);
            for (var i = 0; i < 8; i++) {
                askAsync(upstream, true);
            }

            assertThat(failure(upstream, true)).isEqualTo(NodeFailure.of(Kind.POOL_FULL));
        }
    }

    @Test
    void closesConnectionsThatNobodyUses() throws Exception {
        client = hasty();
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            var upstream = upstream(node);
            ask(upstream);
            var unused = new CompletableFuture<Void>();
            loop.events().schedule(() -> unused.complete(null), 500, TimeUnit.MILLISECONDS);
            unused.get(30, TimeUnit.SECONDS);

            ask(upstream);

            assertThat(node.connections()).isEqualTo(2);
        }
    }

    @Test
    void trustsNoCertificateThatTheSystemDoesNot() {
        try (var node = ScriptedNode.saying(Said.body(ANSWER))) {
            var upstream = new Upstreams()
                    .listed(new NodeId("n"), "https://127.0.0.1:" + node.port(), List.of("127.0.0.1"), Map.of());

            assertThat(failure(upstream, true).kind()).isIn(Kind.BROKEN_OFF, Kind.TIMEOUT);
            assertThat(node.asked()).isEmpty();
        }
    }

    private static NodeReply reply(Consumer<String> answered) {
        return new NodeReply() {
            @Override
            public void answered(byte[] body, long firstByteAt) {
                answered.accept(new String(body, UTF_8));
            }

            @Override
            public void failed(NodeFailure failure) {
                throw new AssertionError(failure);
            }
        };
    }

    private static Upstream upstream(ScriptedNode node) {
        return new Upstreams().listed(new NodeId("n"), node.endpoint(), List.of("127.0.0.1"), Map.of());
    }

    private String ask(Upstream upstream) {
        return (String) askAsync(upstream, true).join();
    }

    private NodeFailure failure(Upstream upstream, boolean repeatable) {
        return (NodeFailure) askAsync(upstream, repeatable).join();
    }

    private CompletableFuture<Object> askAsync(Upstream upstream, boolean repeatable) {
        return askAsync(upstream, repeatable, null);
    }

    private CompletableFuture<Object> askAsync(
            Upstream upstream, boolean repeatable, AnswerMemory.@Nullable Share memory) {
        var outcome = new CompletableFuture<Object>();
        var reply = new NodeReply() {
            @Override
            public void answered(byte[] body, long firstByteAt) {
                outcome.complete(new String(body, UTF_8));
            }

            @Override
            public void failed(NodeFailure failure) {
                outcome.complete(failure);
            }

            @Override
            public AnswerMemory.@Nullable Share memory() {
                return memory;
            }
        };
        loop.events().execute(() -> client.ask(loop, upstream, REQUEST, repeatable, reply));
        return outcome.orTimeout(30, TimeUnit.SECONDS);
    }
}
