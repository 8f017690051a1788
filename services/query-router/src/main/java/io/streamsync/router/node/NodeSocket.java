package io.streamsync.router.node;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketHandshakeException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One WebSocket to a node. To be used on its loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what a write or a close came to, the channel tells by its events
public final class NodeSocket {

    /// What a node may leave unread before it is taken for dead, pongs included: thousands of requests.
    static final WriteBufferWaterMark UNREAD = new WriteBufferWaterMark(2 * 1024 * 1024, 4 * 1024 * 1024);

    private final Loop loop;
    private final Consumer<Throwable> broke;
    private @Nullable SocketListener listener;
    private @Nullable Channel channel;
    private boolean isOpen;
    private boolean flushing;

    /// @param broke told of errors of the router's own
    NodeSocket(Loop loop, SocketListener listener, Consumer<Throwable> broke) {
        this.loop = loop;
        this.broke = broke;
        this.listener = listener;
    }

    /// What is written before it is open, or after its end, is lost.
    public void send(byte[] text) {
        var open = channel;
        if (open == null || !isOpen) {
            return;
        }
        open.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(text)));
        if (!flushing) {
            flushing = true;
            loop.events().execute(() -> flush(open)); // what follows in this turn goes out with it
        }
    }

    public void ping() {
        if (channel != null && isOpen) {
            channel.writeAndFlush(new PingWebSocketFrame());
        }
    }

    /// Stops or goes on reading. What is not read waits at the node, and is the node's to bound.
    public void reads(boolean reads) {
        if (channel != null) {
            channel.config().setAutoRead(reads);
        }
    }

    /// Ends it without another word to the listener.
    public void close() {
        listener = null;
        if (channel != null) {
            channel.close();
        }
    }

    /// Whether nobody waits for it any more.
    boolean isAbandoned() {
        return listener == null;
    }

    /// Later, for the caller of whatever led here may not be through.
    void failed() {
        loop.events().execute(this::over);
    }

    Frames frames() {
        return new Frames();
    }

    private void flush(Channel open) {
        flushing = false;
        open.flush();
    }

    private void over() {
        var told = listener;
        close();
        if (told != null) {
            told.closed();
        }
    }

    /// The end of the pipeline.
    final class Frames extends ChannelInboundHandlerAdapter {

        /// So that it can be given up while it is still being opened.
        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            channel = context.channel();
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE && listener != null) {
                isOpen = true;
                listener.opened();
            }
            context.fireUserEventTriggered(event);
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (message instanceof BinaryWebSocketFrame) {
                    context.close(); // only text is checked to be UTF-8, and only text does a node speak
                } else if (listener != null && message instanceof TextWebSocketFrame text) {
                    listener.received(ByteBufUtil.getBytes(text.content()));
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (listener != null) {
                listener.alive();
            }
            context.fireChannelReadComplete();
        }

        /// Hangs up at once: a farewell would wait behind what the node does not read.
        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (!context.channel().isWritable()) {
                context.pipeline().firstContext().close();
            }
            context.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            over();
        }

        /// A frame too large, a handshake refused or late, a certificate for somebody else, or an error of ours: in
        /// any case this connection is of no more use.
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof IOException || cause instanceof CodecException || isRefused(cause))) {
                broke.accept(cause);
            }
            context.close();
        }

        private static boolean isRefused(Throwable cause) {
            return cause instanceof WebSocketHandshakeException;
        }
    }
}
