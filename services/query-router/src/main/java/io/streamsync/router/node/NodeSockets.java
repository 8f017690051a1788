package io.streamsync.router.node;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.streamsync.router.log.RouterLog;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Opens WebSockets to nodes: to the checked addresses only, without redirects, on the loop of whoever asks.
public final class NodeSockets {

    /// Of the answer to a handshake.
    private static final int LARGEST_ANSWER = 16 * 1024;

    /// For a node to take the farewell; it need not read.
    private static final long FAREWELL_MILLIS = 2_000;

    private final long timeoutMillis;
    private final int largestMessage;
    private final AnswerMemory memory;
    private final NodeTls tls;
    private final RouterLog log;

    /// @param timeout for connecting, and again for the handshake
    /// @param largestMessage of a node, in bytes
    /// @param mostArriving what long messages of all nodes may take that are not whole yet
    public NodeSockets(Duration timeout, int largestMessage, long mostArriving, RouterLog log) {
        this(timeout, largestMessage, mostArriving, NodeTls.trustingTheSystem(), log);
    }

    NodeSockets(Duration timeout, int largestMessage, long mostArriving, NodeTls tls, RouterLog log) {
        this.timeoutMillis = timeout.toMillis();
        this.largestMessage = largestMessage;
        this.memory = new AnswerMemory(mostArriving);
        this.tls = tls;
        this.log = log;
    }

    /// Must be called on the loop.
    public NodeSocket connect(Loop loop, Upstream node, SocketListener listener) {
        var socket = new NodeSocket(
                loop, listener, cause -> log.nodeConnectionBroke(node.nodeId().value(), cause));
        var endpoint = node.webSocket();
        if (endpoint == null) {
            socket.failed();
        } else {
            connect(loop, endpoint, socket, 0);
        }
        return socket;
    }

    private void connect(Loop loop, WebSocketEndpoint endpoint, NodeSocket socket, int address) {
        new Bootstrap()
                .group(loop.events())
                .channel(loop.socket())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, NodeSocket.UNREAD)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeoutMillis)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        initialise(channel, endpoint, socket);
                    }
                })
                .connect(endpoint.addresses().get(address))
                .addListener((ChannelFuture connected) -> {
                    if (!connected.isSuccess() && !socket.isAbandoned()) {
                        connectElsewhere(loop, endpoint, socket, address + 1);
                    }
                });
    }

    private void connectElsewhere(Loop loop, WebSocketEndpoint endpoint, NodeSocket socket, int address) {
        if (address < endpoint.addresses().size()) {
            connect(loop, endpoint, socket, address);
        } else {
            socket.failed();
        }
    }

    private void initialise(Channel channel, WebSocketEndpoint endpoint, NodeSocket socket) {
        if (endpoint.tls()) {
            channel.pipeline()
                    .addLast(tls.handler(
                            channel, endpoint.host(), endpoint.port(), TimeUnit.MILLISECONDS.toNanos(timeoutMillis)));
        }
        var arriving = new ArrivingMessage(memory);
        channel.pipeline()
                .addLast(
                        arriving.bytes(),
                        new HttpClientCodec(),
                        new HttpObjectAggregator(LARGEST_ANSWER),
                        arriving.frames(),
                        new WebSocketClientProtocolHandler(protocol(endpoint)),
                        new WebSocketFrameAggregator(largestMessage),
                        socket.frames());
    }

    private WebSocketClientProtocolConfig protocol(WebSocketEndpoint endpoint) {
        var headers = new DefaultHttpHeaders();
        endpoint.headers().forEach(headers::set);
        return WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(endpoint.uri())
                .version(WebSocketVersion.V13)
                .allowExtensions(false)
                .customHeaders(headers)
                .generateOriginHeader(false)
                .maxFramePayloadLength(largestMessage)
                .dropPongFrames(false)
                .handshakeTimeoutMillis(timeoutMillis)
                .forceCloseTimeoutMillis(FAREWELL_MILLIS)
                .build();
    }
}
