package io.streamsync.router.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // what a close came to, the channel tells
class LingeringCloseTests {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int PIECE = 64 * 1024;

    private boolean mayStillSend = true;
    private final Socket channel = new Socket(new LingeringClose(PATIENCE_NANOS, () -> mayStillSend));

    @AfterEach
    void nothingIsKept() {
        channel.finishAndReleaseAll();
    }

    @Test
    void throwsAwayWhatStillComes() {
        var promise = close();
        var late = bytes(PIECE);
        channel.writeInbound(late);

        assertThat(channel.isOutputShutdown()).isTrue();
        assertThat(channel.isActive()).isTrue();
        assertThat(promise.isDone()).isFalse();
        assertThat(late.refCnt()).isZero();
        assertThat(channel.inboundMessages()).isEmpty();
    }

    @Test
    void readsOnThoughNobodyElseDoes() {
        close();
        var asked = channel.reads;
        channel.writeInbound(bytes(1));

        assertThat(asked).isPositive();
        assertThat(channel.reads).isGreaterThan(asked);
    }

    @Test
    void endsWhenTheTimeIsUp() {
        channel.freezeTime();
        var promise = close();
        channel.advanceTimeBy(PATIENCE_NANOS - 1, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isActive()).isTrue();

        channel.advanceTimeBy(1, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();

        assertThat(channel.isActive()).isFalse();
        assertThat(promise.isSuccess()).isTrue();
    }

    /// Whoever wants it closed again does not make it longer.
    @Test
    void countsFromTheFirstClose() {
        channel.freezeTime();
        close();
        channel.advanceTimeBy(PATIENCE_NANOS - 1, TimeUnit.NANOSECONDS);
        var again = close();

        assertThat(channel.isActive()).isTrue();

        channel.advanceTimeBy(1, TimeUnit.NANOSECONDS);
        channel.runScheduledPendingTasks();

        assertThat(again.isSuccess()).isTrue();
    }

    @Test
    void endsAClientThatDoesNotStopSending() {
        close();
        for (var taken = 0L; taken < LingeringClose.MOST; taken += PIECE) {
            channel.writeInbound(bytes(PIECE));
        }

        assertThat(channel.isActive()).isTrue();

        channel.writeInbound(bytes(1));

        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void closesAtOnceWhereNothingMoreCanCome() {
        mayStillSend = false;

        assertThat(close().isSuccess()).isTrue();
        assertThat(channel.isActive()).isFalse();
    }

    @Test
    void letsTheAnswerLeaveFirst() {
        channel.write(Unpooled.copiedBuffer("answer", UTF_8));
        close();

        assertThat(channel.sentWhenShutDown).isEqualTo(1);
    }

    @Test
    void touchesNothingBefore() {
        channel.writeInbound(bytes(1));

        assertThat(channel.inboundMessages()).hasSize(1);
    }

    private ChannelPromise close() {
        var promise = channel.newPromise();
        channel.pipeline().close(promise);
        return promise;
    }

    private static ByteBuf bytes(int length) {
        return Unpooled.wrappedBuffer(new byte[length]);
    }

    /// Has two sides as a connection has.
    private static final class Socket extends EmbeddedChannel implements DuplexChannel {

        private boolean outputShutdown;
        private int sentWhenShutDown;
        private int reads;

        Socket(LingeringClose handler) {
            super(handler);
            // nothing but the handler asks for bytes
            config().setAutoRead(false);
        }

        @Override
        protected void doBeginRead() {
            reads++;
        }

        @Override
        public ChannelFuture shutdownOutput() {
            return shutdownOutput(newPromise());
        }

        @Override
        public ChannelFuture shutdownOutput(ChannelPromise promise) {
            outputShutdown = true;
            sentWhenShutDown = (int) outboundMessages().stream()
                    .filter(sent -> ((ByteBuf) sent).isReadable())
                    .count();
            return promise.setSuccess();
        }

        @Override
        public boolean isOutputShutdown() {
            return outputShutdown;
        }

        @Override
        public boolean isInputShutdown() {
            return false;
        }

        @Override
        public ChannelFuture shutdownInput() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ChannelFuture shutdownInput(ChannelPromise promise) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public ChannelFuture shutdown() {
            throw new UnsupportedOperationException();
        }

        @Override
        public ChannelFuture shutdown(ChannelPromise promise) {
            throw new UnsupportedOperationException();
        }
    }
}
