package io.streamsync.router.node;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;

/// What has come of a node's message that is not whole yet: nodes decide how much they send, and how slowly, on any
/// number of connections. Hangs up where there is no memory for more.
final class ArrivingMessage {

    private final AnswerMemory memory;
    private int length;
    private boolean begun;

    ArrivingMessage(AnswerMemory memory) {
        this.memory = memory;
    }

    /// In front of everything that keeps bytes.
    Bytes bytes() {
        return new Bytes();
    }

    /// Where frames come out.
    Frames frames() {
        return new Frames();
    }

    private boolean hasRoomFor(int more) {
        if (!memory.grow(length, length + more)) {
            return false;
        }
        length += more;
        return true;
    }

    private void isOver() {
        memory.shrink(length, 0);
        length = 0;
    }

    final class Bytes extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf part && !hasRoomFor(part.readableBytes())) {
                ReferenceCountUtil.release(message);
                var _ = context.close();
            } else {
                context.fireChannelRead(message);
            }
        }

        @Override
        public void handlerRemoved(ChannelHandlerContext context) {
            isOver();
        }
    }

    final class Frames extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof WebSocketFrame frame) {
                if (frame instanceof TextWebSocketFrame
                        || frame instanceof BinaryWebSocketFrame
                        || frame instanceof ContinuationWebSocketFrame) {
                    begun = !frame.isFinalFragment();
                }
                if (!begun) {
                    isOver();
                }
            }
            context.fireChannelRead(message);
        }
    }
}
