package io.streamsync.router.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Notices bytes that become nothing: a request's head must be whole some time after its first byte, or it is given up.
/// A head that comes in one piece sets no timer.
final class HeadClock extends ChannelInboundHandlerAdapter {

    private final long patienceNanos;
    private final Runnable late;
    private boolean begun;
    private @Nullable Future<?> timer;

    /// @param late told on the connection's loop
    HeadClock(long patienceNanos, Runnable late) {
        this.patienceNanos = patienceNanos;
        this.late = late;
    }

    /// The bytes so far were something.
    void whole() {
        begun = false;
        stop();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object bytes) {
        begun = true;
        ctx.fireChannelRead(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (begun && timer == null) {
            timer = ctx.executor().schedule(this::tooLate, patienceNanos, TimeUnit.NANOSECONDS);
        }
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    private void tooLate() {
        timer = null;
        if (begun) {
            late.run();
        }
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
