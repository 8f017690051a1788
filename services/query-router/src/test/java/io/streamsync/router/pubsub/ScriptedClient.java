package io.streamsync.router.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.router.node.Loop;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A client whose WebSocket is played, on a real loop.
final class ScriptedClient implements ClientSocket {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final AtomicInteger pings = new AtomicInteger();
    private final Loop loop;
    private final @Nullable ClientSession session;
    private volatile @Nullable CloseReason closed;
    private volatile boolean reads = true;

    ScriptedClient(EventLoop events, PubSub pubSub) {
        this(events, pubSub, SocketMarket.KEY, Terms.standard(3));
    }

    ScriptedClient(EventLoop events, PubSub pubSub, String key, Terms terms) {
        this.loop = new Loop(events, NioSocketChannel.class);
        this.session = CompletableFuture.supplyAsync(() -> pubSub.connected(key, _ -> terms, this), events)
                .join();
    }

    void says(String message) {
        loop.events().execute(() -> {
            if (session != null) {
                session.received(message.getBytes(UTF_8));
            }
        });
    }

    void leaves() {
        loop.events().execute(() -> {
            if (session != null) {
                session.closed();
            }
        });
    }

    void pongs() {
        loop.events().execute(() -> {
            if (session != null) {
                session.alive();
            }
        });
    }

    void readsNoMore() {
        reads = false;
    }

    List<String> heard() {
        return heard;
    }

    int pings() {
        return pings.get();
    }

    @Nullable
    CloseReason closed() {
        return closed;
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public boolean send(Outgoing message) {
        if (reads) {
            var text = new ByteArrayOutputStream();
            text.writeBytes(message.head());
            text.write(message.body(), message.from(), message.to() - message.from());
            text.writeBytes(message.tail());
            heard.add(text.toString(UTF_8));
        }
        return reads;
    }

    @Override
    public void ping() {
        pings.incrementAndGet();
        if (session != null && reads) {
            session.alive();
        }
    }

    @Override
    public void close(CloseReason reason) {
        closed = reason;
    }
}
