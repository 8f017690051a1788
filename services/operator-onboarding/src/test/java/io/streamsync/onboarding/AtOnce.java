package io.streamsync.onboarding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Many clients at the same moment.
public final class AtOnce {

    private AtOnce() {}

    public static <T> List<T> times(int count, Callable<T> request) {
        return all(Collections.nCopies(count, request));
    }

    /// The answers in the order of the requests.
    public static <T> List<T> all(List<Callable<T>> requests) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<T>();
            for (var answer : threads.invokeAll(requests)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
