package io.streamsync.router.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Arrays;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.netty.http.server.HttpServerRequest;

/// Collects a request's bytes up to the limit. Most requests are one buffer and are copied once.
final class RequestBody extends BaseSubscriber<ByteBuf> {

    /// 1 MiB (public interfaces, Queries).
    static final int LARGEST = 1024 * 1024;

    /// More digits than any length that is taken.
    private static final int LONGEST_LENGTH = 10;

    private final Consumer<byte[]> complete;
    private final Runnable tooLarge;
    private final Consumer<Throwable> failed;
    private byte[] bytes = {};
    private int length;

    RequestBody(Consumer<byte[]> complete, Runnable tooLarge, Consumer<Throwable> failed) {
        this.complete = complete;
        this.tooLarge = tooLarge;
        this.failed = failed;
    }

    /// The Content-Length, which the server has checked to be a number; 0 where there is none.
    static long announcedLength(HttpServerRequest request) {
        var length = request.requestHeaders().get(HttpHeaderNames.CONTENT_LENGTH);
        if (length == null) {
            return 0;
        }
        return length.length() > LONGEST_LENGTH ? Long.MAX_VALUE : Long.parseLong(length);
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        requestUnbounded();
    }

    /// The buffer is released by whoever sends it here.
    @Override
    protected void hookOnNext(ByteBuf part) {
        var more = part.readableBytes();
        if (more > LARGEST - length) {
            cancel();
            tooLarge.run();
            return;
        }
        makeRoomFor(length + more);
        part.getBytes(part.readerIndex(), bytes, length, more);
        length += more;
    }

    /// Doubles, for every chunk of a client's comes alone: a body of tiny ones must not be copied for each of them.
    private void makeRoomFor(int total) {
        if (total > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(total, Math.min(2 * bytes.length, LARGEST)));
        }
    }

    @Override
    protected void hookOnComplete() {
        complete.accept(length == bytes.length ? bytes : Arrays.copyOf(bytes, length));
    }

    @Override
    protected void hookOnError(Throwable failure) {
        failed.accept(failure);
    }
}
