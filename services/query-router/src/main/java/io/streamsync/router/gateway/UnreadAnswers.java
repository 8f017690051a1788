package io.streamsync.router.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Cuts off a client that does not read, or next to nothing: what waits for it is held in memory, of which a long
/// answer takes a part for as long as it flows. Whoever takes what there is, or enough of it, has the whole time again,
/// however much more comes meanwhile. Nothing is watched while nothing waits, so an ordinary answer costs nothing.
final class UnreadAnswers extends ChannelOutboundHandlerAdapter {

    private static final int LOOKS = 4;

    /// In bytes: what a modem takes in the half minute of the edge.
    private static final long ENOUGH = 256 * 1024;

    private final long patienceNanos;
    private long written;
    private long leftBefore;
    private long patientSince;
    private @Nullable Future<?> look;

    UnreadAnswers(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            written += bytes.readableBytes();
        }
        var _ = ctx.write(message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        var waiting = waiting(ctx);
        if (look == null && waiting > 0) {
            beginAgain(waiting);
            lookLater(ctx);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (look != null) {
            look.cancel(false);
        }
    }

    private void beginAgain(long waiting) {
        leftBefore = written - waiting;
        patientSince = System.nanoTime();
    }

    private void lookLater(ChannelHandlerContext ctx) {
        look = ctx.executor().schedule(() -> look(ctx), patienceNanos / LOOKS, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        look = null;
        var waiting = waiting(ctx);
        if (waiting == 0) {
            return;
        }
        if (written - waiting - leftBefore >= ENOUGH) {
            beginAgain(waiting);
        }
        if (System.nanoTime() - patientSince >= patienceNanos) {
            var _ = ctx.close();
        } else {
            lookLater(ctx);
        }
    }

    private static long waiting(ChannelHandlerContext ctx) {
        var buffer = ctx.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }
}
