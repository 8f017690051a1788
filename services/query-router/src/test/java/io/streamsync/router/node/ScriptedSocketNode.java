package io.streamsync.router.node;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A node's WebSocket port as a real server, which gives equal subscriptions of a connection one id as Agave does.
@SuppressWarnings("FutureReturnValueIgnored") // who does not hear it is gone
public final class ScriptedSocketNode implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LARGEST_FRAME = 1024 * 1024;
    /// A millisecond.
    private static final int PINGS = 200;

    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final List<HttpHeaders> handshakes = new CopyOnWriteArrayList<>();
    private final List<String> paths = new CopyOnWriteArrayList<>();
    private final List<Channel> open = new CopyOnWriteArrayList<>();
    private final List<Live> live = new CopyOnWriteArrayList<>();
    private final List<Runnable> held = new CopyOnWriteArrayList<>();
    private final Map<String, String> errors = new ConcurrentHashMap<>();
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final Set<String> holding = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastId;
    private final DisposableServer server;
    private volatile boolean silent;
    private volatile @Nullable String poison;

    private ScriptedSocketNode(long firstId) {
        lastId = new AtomicLong(firstId);
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    handshakes.add(request.requestHeaders().copy());
                    paths.add(request.uri());
                    return response.sendWebsocket(
                            this::serve,
                            WebsocketServerSpec.builder()
                                    .handlePing(true)
                                    .maxFramePayloadLength(LARGEST_FRAME)
                                    .build());
                })
                .bindNow();
    }

    /// @param firstId below the ids that it gives
    public static ScriptedSocketNode countingFrom(long firstId) {
        return new ScriptedSocketNode(firstId);
    }

    public String url() {
        return "ws://127.0.0.1:" + server.port() + "/ws?x=1";
    }

    /// Every call, in order.
    public List<JsonNode> heard() {
        return heard;
    }

    public List<String> methods() {
        return heard.stream().map(call -> call.path("method").asString()).toList();
    }

    public List<HttpHeaders> handshakes() {
        return handshakes;
    }

    public List<String> paths() {
        return paths;
    }

    public int connections() {
        return open.size();
    }

    public List<Live> live() {
        return live;
    }

    /// Tells all subscriptions of the kind.
    public void notify(String kind, String result) {
        for (var subscription : live) {
            if (subscription.kind().equals(kind)) {
                tell(subscription, result);
            }
        }
    }

    /// Tells those subscriptions of the kind whose first parameter is this.
    public void notify(String kind, String parameter, String result) {
        for (var subscription : live) {
            if (subscription.kind().equals(kind) && parameter.equals(subscription.parameter())) {
                tell(subscription, result);
            }
        }
    }

    /// Anything, to everybody.
    public void say(String text) {
        open.forEach(channel -> write(channel, text));
    }

    /// Bytes that need not be text, to everybody.
    public void say(byte[] bytes) {
        open.forEach(channel -> channel.writeAndFlush(new BinaryWebSocketFrame(Unpooled.copiedBuffer(bytes))));
    }

    /// A message to everybody that it never ends.
    public void begin(String text) {
        open.forEach(channel -> channel.writeAndFlush(new TextWebSocketFrame(false, 0, text)));
    }

    /// Reads nothing any more, and pings as often as it can.
    public void floods() {
        open.forEach(channel -> channel.eventLoop().execute(() -> {
            channel.pipeline().addFirst(new ReadsNothing());
            channel.config().setAutoRead(false);
            flood(channel);
        }));
    }

    /// Calls of this method are answered when it says so.
    public void holds(String method) {
        holding.add(method);
    }

    public void letsGo() {
        holding.clear();
        held.forEach(Runnable::run);
        held.clear();
    }

    public void refuses(String method, String error) {
        errors.put(method, error);
    }

    /// Whoever subscribes to this from now on is told at once, as of a signature whose fate is known.
    public void tellsAtOnce(String kind, String parameter, String result) {
        known.put(kind + parameter, result);
    }

    /// Ends the connection of whoever asks for this.
    public void hangsUpUpon(String parameter) {
        poison = parameter;
    }

    /// Neither answers nor pongs from now on.
    public void fallsSilent() {
        silent = true;
    }

    /// Ends all connections without a word.
    public void drop() {
        open.forEach(Channel::close);
    }

    @Override
    public void close() {
        server.disposeNow();
        drop();
    }

    private Mono<Void> serve(WebsocketInbound in, WebsocketOutbound out) {
        var channel = ((Connection) in).channel();
        open.add(channel);
        var _ = channel.closeFuture().addListener(_ -> {
            open.remove(channel);
            live.removeIf(subscription -> subscription.channel().equals(channel));
        });
        return in.receiveFrames().doOnNext(frame -> hear(channel, frame)).then();
    }

    private void hear(Channel channel, WebSocketFrame frame) {
        if (silent) {
            return;
        }
        if (frame instanceof PingWebSocketFrame) {
            var _ = channel.writeAndFlush(new PongWebSocketFrame());
        } else if (frame instanceof TextWebSocketFrame text) {
            hear(channel, JSON.readTree(text.text()));
        }
    }

    private void hear(Channel channel, JsonNode call) {
        var deadly = poison;
        if (deadly != null && call.path("params").toString().contains(deadly)) {
            heard.add(call);
            channel.close();
            return;
        }
        var method = call.path("method").asString();
        Runnable answer = () -> answer(channel, call, method);
        if (holding.contains(method)) {
            held.add(answer);
            heard.add(call);
        } else {
            heard.add(call);
            answer.run();
        }
    }

    private void answer(Channel channel, JsonNode call, String method) {
        var error = errors.get(method);
        var said = error != null
                ? "\"error\":" + error
                : "\"result\":"
                        + (method.endsWith("Unsubscribe") ? ended(channel, call) : begun(channel, call, method));
        write(channel, "{\"jsonrpc\":\"2.0\"," + said + ",\"id\":" + call.path("id") + "}");
        if (error == null && method.endsWith("Subscribe")) {
            var kind = method.substring(0, method.length() - "Subscribe".length());
            var parameter = call.path("params").path(0).asString("");
            var result = known.get(kind + parameter);
            if (result != null) {
                notify(kind, parameter, result);
            }
        }
    }

    private boolean ended(Channel channel, JsonNode call) {
        var id = call.path("params").path(0).asLong();
        return live.removeIf(subscription -> subscription.channel().equals(channel) && subscription.id() == id);
    }

    private long begun(Channel channel, JsonNode call, String method) {
        var kind = method.substring(0, method.length() - "Subscribe".length());
        var params = call.get("params");
        for (var subscription : live) {
            if (subscription.isFor(channel, kind, params)) {
                return subscription.id();
            }
        }
        var begun = new Live(channel, kind, lastId.incrementAndGet(), params);
        live.add(begun);
        return begun.id();
    }

    private static void flood(Channel channel) {
        for (var i = 0; i < PINGS && channel.isWritable(); i++) {
            channel.write(new PingWebSocketFrame(Unpooled.wrappedBuffer(new byte[125])));
        }
        channel.flush();
        if (channel.isActive()) {
            channel.eventLoop().schedule(() -> flood(channel), 1, TimeUnit.MILLISECONDS);
        }
    }

    /// A signature whose fate is told is over.
    private void tell(Live subscription, String result) {
        if (subscription.kind().equals("signature") && result.contains("\"err\"")) {
            live.remove(subscription);
        }
        write(
                subscription.channel(),
                "{\"jsonrpc\":\"2.0\",\"method\":\"" + subscription.kind() + "Notification\",\"params\":{\"result\":"
                        + result + ",\"subscription\":" + subscription.id() + "}}");
    }

    private static void write(Channel channel, String text) {
        channel.writeAndFlush(new TextWebSocketFrame(text));
    }

    private static final class ReadsNothing extends ChannelOutboundHandlerAdapter {

        @Override
        public void read(ChannelHandlerContext context) {}
    }

    /// A subscription as the node knows it.
    public record Live(
            Channel channel, String kind, long id, @Nullable JsonNode params) {

        private @Nullable String parameter() {
            return params == null ? null : params.path(0).asString(null);
        }

        private boolean isFor(Channel other, String otherKind, @Nullable JsonNode otherParams) {
            return channel.equals(other)
                    && kind.equals(otherKind)
                    && (params == null ? otherParams == null : params.equals(otherParams));
        }
    }
}
