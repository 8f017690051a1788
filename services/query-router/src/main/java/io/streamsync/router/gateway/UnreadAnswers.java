package io.streamsync.router.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Cuts off a client that does not read: what waits for it is held in memory. Slow is not idle: each byte that leaves
/// gives it the whole time again. Nothing is watched while nothing waits, so an ordinary answer costs nothing.
final class UnreadAnswers extends ChannelOutboundHandlerAdapter {

    private static final int LOOKS = 4;

    private final long patienceNanos;
    private long waiting;
    private long lastLeftAt;
    private @Nullable Future<?> look;

    UnreadAnswers(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        ctx.flush();
        if (look == null && waiting(ctx) > 0) {
            waiting = waiting(ctx);
            lastLeftAt = System.nanoTime();
            lookLater(ctx);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (look != null) {
            look.cancel(false);
        }
    }

    private void lookLater(ChannelHandlerContext ctx) {
        look = ctx.executor().schedule(() -> look(ctx), patienceNanos / LOOKS, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext ctx) {
        look = null;
        var now = waiting(ctx);
        if (now < waiting) {
            lastLeftAt = System.nanoTime();
        }
        waiting = now;
        if (now > 0) {
            if (System.nanoTime() - lastLeftAt >= patienceNanos) {
                var _ = ctx.close();
            } else {
                lookLater(ctx);
            }
        }
    }

    private static long waiting(ChannelHandlerContext ctx) {
        var buffer = ctx.channel().unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }
}
