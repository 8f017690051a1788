package io.streamsync.router.gateway;

import java.util.Arrays;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.BaseSubscriber;

/// Collects a request's bytes up to the limit. Most requests are one buffer and are copied once.
final class RequestBody extends BaseSubscriber<DataBuffer> {

    /// 1 MiB (public interfaces, Queries).
    static final int LARGEST = 1024 * 1024;

    private final Consumer<byte[]> complete;
    private final Runnable tooLarge;
    private final Consumer<Throwable> failed;
    private byte[] bytes = {};

    RequestBody(Consumer<byte[]> complete, Runnable tooLarge, Consumer<Throwable> failed) {
        this.complete = complete;
        this.tooLarge = tooLarge;
        this.failed = failed;
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        requestUnbounded();
    }

    @Override
    protected void hookOnNext(DataBuffer part) {
        try {
            var length = part.readableByteCount();
            if (length > LARGEST - bytes.length) {
                cancel();
                tooLarge.run();
                return;
            }
            var at = bytes.length;
            bytes = Arrays.copyOf(bytes, at + length);
            part.read(bytes, at, length);
        } finally {
            DataBufferUtils.release(part);
        }
    }

    @Override
    protected void hookOnComplete() {
        complete.accept(bytes);
    }

    @Override
    protected void hookOnError(Throwable failure) {
        failed.accept(failure);
    }
}
