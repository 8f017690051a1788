package io.streamsync.router.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.streamsync.router.node.Loop;
import io.streamsync.router.pubsub.ClientSocket;
import io.streamsync.router.pubsub.CloseReason;
import io.streamsync.router.pubsub.Outgoing;
import java.util.concurrent.TimeUnit;
import reactor.netty.http.websocket.WebsocketOutbound;

/// A client's WebSocket on the server's channel. Messages are written there directly: a notification has no stream to
/// belong to, and what is written in one turn of the loop goes out at once.
@SuppressWarnings("FutureReturnValueIgnored") // what a write or a close came to, the channel tells by its events
final class EdgeWebSocket implements ClientSocket {

    /// Above this the node's bytes are sent from where they are instead of being copied.
    private static final int COPIED = 64 * 1024;

    /// What a frame takes beside its bytes while it waits.
    private static final int FRAME = 128;

    /// For the reason to arrive and the client to hang up.
    private static final long FAREWELL_MILLIS = 2_000;

    private final Channel channel;
    private final WebsocketOutbound out;
    private final UnreadMessages unread;
    private final Loop loop;
    private long waiting;
    private boolean flushing;

    EdgeWebSocket(Channel channel, WebsocketOutbound out, UnreadMessages unread) {
        this.channel = channel;
        this.out = out;
        this.unread = unread;
        this.loop = Loop.of(channel);
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public boolean send(Outgoing message) {
        var length = message.length() + FRAME;
        if (unread.isTooMuch(waiting, length)) {
            return false;
        }
        write(new TextWebSocketFrame(bytes(message)), length);
        return true;
    }

    /// @param payload of a ping, not kept: it may be a few bytes of a large buffer
    /// @return false when too much waits for the client already: it was not answered
    boolean pong(ByteBuf payload) {
        var length = payload.readableBytes() + FRAME;
        if (unread.isTooMuch(waiting, length)) {
            return false;
        }
        write(new PongWebSocketFrame(Unpooled.copiedBuffer(payload)), length);
        return true;
    }

    @Override
    public void ping() {
        channel.writeAndFlush(new PingWebSocketFrame());
    }

    @Override
    public void close(CloseReason reason) {
        out.sendClose(reason.code(), reason.text()).subscribe(_ -> {}, _ -> channel.close());
        channel.eventLoop().schedule(() -> channel.close(), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void write(WebSocketFrame frame, int length) {
        count(length);
        channel.write(frame).addListener(_ -> count(-length));
        if (!flushing) {
            flushing = true;
            loop.events().execute(this::flush);
        }
    }

    private void flush() {
        flushing = false;
        channel.flush();
    }

    private void count(long bytes) {
        waiting += bytes;
        unread.add(bytes);
    }

    private ByteBuf bytes(Outgoing message) {
        var body = message.to() - message.from();
        if (body > COPIED) {
            return Unpooled.wrappedBuffer(
                    Unpooled.wrappedBuffer(message.head()),
                    Unpooled.wrappedBuffer(message.body(), message.from(), body),
                    Unpooled.wrappedBuffer(message.tail()));
        }
        return channel.alloc()
                .buffer(message.length())
                .writeBytes(message.head())
                .writeBytes(message.body(), message.from(), body)
                .writeBytes(message.tail());
    }
}
