package io.streamsync.onboarding.admission;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/// Does things that wait for the network at the same time.
@Component
class AtOnce implements DisposableBean {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /// The results in the order of the inputs, when all are there.
    <T, R> List<R> all(List<T> inputs, Function<T, R> work) {
        var running = inputs.stream()
                .map(input -> threads.submit(() -> work.apply(input)))
                .toList();
        return running.stream().map(AtOnce::result).toList();
    }

    void start(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }

    private static <R> R result(Future<R> running) {
        try {
            return running.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
