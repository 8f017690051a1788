package io.streamsync.router.node;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/// Many threads that do the same at the same moment.
final class Crowd {

    private static final int SIZE = 8;

    private Crowd() {}

    /// How many of them were told yes.
    static int times(BooleanSupplier step) {
        var start = new CyclicBarrier(SIZE);
        var yes = new AtomicInteger();
        var threads = IntStream.range(0, SIZE)
                .mapToObj(_ -> Thread.ofPlatform().start(() -> {
                    try {
                        start.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    if (step.getAsBoolean()) {
                        yes.incrementAndGet();
                    }
                }))
                .toList();
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return yes.get();
    }
}
