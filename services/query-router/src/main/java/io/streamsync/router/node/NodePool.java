package io.streamsync.router.node;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.streamsync.router.log.RouterLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The connections of one loop to one node: the last one used is used next, so that those not needed grow old.
final class NodePool {

    /// Of a node's headers only those that frame the answer are looked at, and none is passed on.
    private static final HttpDecoderConfig DECODING = new HttpDecoderConfig()
            .setMaxHeaderSize(16 * 1024)
            .setMaxChunkSize(64 * 1024)
            .setValidateHeaders(false);

    private final ArrayDeque<NodeConnection> idle = new ArrayDeque<>();
    private final List<NodeConnection> open = new ArrayList<>();
    private final NodeEndpoint endpoint;
    private final Loop loop;
    private final NodeLimits limits;
    private final NodeTls tls;
    private final RouterLog log;
    private final byte[] head;

    NodePool(NodeEndpoint endpoint, Loop loop, NodeLimits limits, NodeTls tls, RouterLog log) {
        this.log = log;
        this.endpoint = endpoint;
        this.loop = loop;
        this.limits = limits;
        this.tls = tls;
        this.head = endpoint.head().getBytes(StandardCharsets.US_ASCII);
    }

    /// What may happen only once gets a connection of its own: a kept one may be dead, and there is no second try.
    void ask(Exchange exchange) {
        var connection = exchange.isRepeatable() ? idle.pollLast() : null;
        if (connection != null) {
            connection.send(exchange);
        } else {
            askOnANewConnection(exchange);
        }
    }

    void askOnANewConnection(Exchange exchange) {
        if (open.size() >= limits.connectionsPerLoop()) {
            loop.events().execute(() -> exchange.failed(NodeFailure.of(NodeFailure.Kind.POOL_FULL)));
            return;
        }
        connect(exchange, 0);
    }

    void kept(NodeConnection connection) {
        idle.addLast(connection);
    }

    void closed(NodeConnection connection) {
        open.remove(connection);
        idle.remove(connection);
    }

    void sweep(long now) {
        for (var connection : List.copyOf(open)) {
            sweep(connection, now);
        }
    }

    /// A race that is told of a timeout goes on in here: what breaks in one must not end the sweep of all.
    private void sweep(NodeConnection connection, long now) {
        try {
            connection.sweep(now, limits.idleNanos());
        } catch (RuntimeException e) {
            broke(e);
        }
    }

    /// Something of this router's own broke while a connection had its turn.
    void broke(Throwable cause) {
        log.nodeConnectionBroke(endpoint.nodeId().value(), cause);
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    private void connect(Exchange exchange, int address) {
        var connection = new NodeConnection(this, head, limits, exchange);
        open.add(connection);
        new Bootstrap()
                .group(loop.events())
                .channel(loop.socket())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limits.timeoutMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        initialise(channel, connection);
                    }
                })
                .connect(endpoint.addresses().get(address))
                .addListener((ChannelFuture connected) -> {
                    if (!connected.isSuccess()) {
                        connectElsewhere(connection, address + 1);
                    }
                });
    }

    private void connectElsewhere(NodeConnection unreachable, int address) {
        open.remove(unreachable);
        var exchange = unreachable.giveUp();
        if (exchange != null && address < endpoint.addresses().size()) {
            connect(exchange, address);
        } else if (exchange != null) {
            exchange.failed(NodeFailure.of(NodeFailure.Kind.CONNECT));
        }
    }

    private void initialise(Channel channel, NodeConnection connection) {
        if (endpoint.tls()) {
            channel.pipeline().addLast(tls.handler(channel, endpoint, limits));
        }
        channel.pipeline().addLast(new HttpResponseDecoder(DECODING), connection);
    }
}
