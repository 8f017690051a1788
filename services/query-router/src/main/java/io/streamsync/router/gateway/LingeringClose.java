package io.streamsync.router.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Ends in stages the connection of a client that may still be sending (RFC 9112, 9.6): what is closed while bytes
/// arrive is reset by the system, and a reset may take from the client the answer that it has not read yet. So first
/// nothing more is sent, what comes is read and thrown away, and the connection is closed when the client closes it or
/// has used up its time or its bytes. See docs/decisions/0060.
@SuppressWarnings("FutureReturnValueIgnored") // what a write or a close came to, the channel tells by its events
final class LingeringClose extends ChannelDuplexHandler {

    /// In bytes: who sends eight times the largest body does not err by a little.
    static final long MOST = 8L * RequestBody.LARGEST;

    private final long patienceNanos;
    private final BooleanSupplier mayStillSend;
    private boolean begun;
    private long dropped;
    private @Nullable Future<?> timer;

    /// @param patienceNanos from when the connection is to be closed until it is
    /// @param mayStillSend asked when the connection is to be closed: whether the client has its answer and sends
    LingeringClose(long patienceNanos, BooleanSupplier mayStillSend) {
        this.patienceNanos = patienceNanos;
        this.mayStillSend = mayStillSend;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (begun) {
            drop(ctx, message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    /// Nobody behind asks for more.
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        if (begun && ctx.channel().isActive()) {
            ctx.read();
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        var lingers = begun || mayStillSend.getAsBoolean();
        if (!lingers || !ctx.channel().isActive() || ClientOutlet.isBrokenOff(ctx.channel())) {
            ctx.close(promise);
            return;
        }
        ctx.channel().closeFuture().addListener(_ -> promise.trySuccess());
        if (!begun) {
            begin(ctx);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void begin(ChannelHandlerContext ctx) {
        begun = true;
        timer = ctx.executor().schedule(() -> ctx.close(), patienceNanos, TimeUnit.NANOSECONDS);
        // behind what is still to leave, as a half-close would drop it
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFuture left) -> endSending(left));
        ctx.read();
    }

    private static void endSending(ChannelFuture left) {
        if (left.isSuccess() && left.channel() instanceof DuplexChannel socket) {
            socket.shutdownOutput();
        }
    }

    private void drop(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            dropped += bytes.readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (dropped > MOST) {
            ctx.close();
        }
    }
}
