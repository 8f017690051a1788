package io.streamsync.router.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.streamsync.router.flow.Dressing;
import io.streamsync.router.flow.LargeAnswer;
import io.streamsync.router.flow.Outlet;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.netty.NettyPipeline;

/// A long answer on its way into a client's connection: as fast as the client reads, and cut off with a reset when it
/// does not come whole, so that nobody takes a part of it for an answer. Everything on the connection's loop.
final class ClientOutlet extends ChannelInboundHandlerAdapter implements Outlet, Publisher<ByteBuf>, Subscription {

    private static final String NAME = "streamsync.clientOutlet";

    private final Channel channel;
    private final LargeAnswer answer;
    private final Dressing dressing;
    private @Nullable Subscriber<? super ByteBuf> writer;
    private boolean begun;
    private boolean over;

    ClientOutlet(Channel channel, LargeAnswer answer, Dressing dressing) {
        this.channel = channel;
        this.answer = answer;
        this.dressing = dressing;
    }

    /// Whether the channel is to be closed with a reset, at once.
    static boolean isBrokenOff(Channel channel) {
        return Integer.valueOf(0).equals(channel.config().getOption(ChannelOption.SO_LINGER));
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuf> subscriber) {
        writer = subscriber;
        subscriber.onSubscribe(this);
    }

    /// The server's own demand is far above what may wait; whether the channel is writable decides.
    @Override
    public void request(long n) {
        if (!begun) {
            begun = true;
            onLoop(this::begin);
        }
    }

    @Override
    public void cancel() {
        onLoop(() -> {
            over = true;
            leave();
            answer.leave();
        });
    }

    @Override
    public boolean isReady() {
        return channel.isWritable();
    }

    @Override
    public void write(ByteBuf piece) {
        if (over || writer == null) {
            piece.release();
        } else {
            writer.onNext(piece);
        }
    }

    @Override
    public void end() {
        if (!over && writer != null) {
            over = true;
            leave();
            writer.onComplete();
        }
    }

    @Override
    public void breakOff() {
        if (!over) {
            over = true;
            leave();
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
            var _ = channel.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.fireChannelWritabilityChanged();
        if (context.channel().isWritable()) {
            answer.goOn();
        }
    }

    private void begin() {
        if (over) {
            return;
        }
        channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, NAME, this);
        answer.deliver(this, dressing);
    }

    private void leave() {
        if (channel.pipeline().context((ChannelHandler) this) != null) {
            channel.pipeline().remove(this);
        }
    }

    private void onLoop(Runnable step) {
        if (channel.eventLoop().inEventLoop()) {
            step.run();
        } else {
            channel.eventLoop().execute(step);
        }
    }
}
