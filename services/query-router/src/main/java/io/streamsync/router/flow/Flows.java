package io.streamsync.router.flow;

import io.streamsync.router.log.RouterLog;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// What all long answers share: the threads that scan, hash and pack them, away from the event loops, a piece at a time
/// and in turn.
///
/// @param deliveries those on their way to customers
/// @param largest in bytes; a longer answer is broken off
/// @param readOn for how long an answer is read whose customer has left
/// @param slowest for how long its race waits for the end of an answer whose customer reads it
public record Flows(
        ExecutorService workers, Deliveries deliveries, int largest, Duration readOn, Duration slowest, RouterLog log)
        implements AutoCloseable {

    /// Half of the machine at most: queries come first.
    public static Flows of(int largest, Duration readOn, Duration slowest, RouterLog log) {
        var threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new Flows(
                Executors.newFixedThreadPool(
                        threads, Thread.ofPlatform().daemon().name("flow-", 0).factory()),
                new Deliveries(),
                largest,
                readOn,
                slowest,
                log);
    }

    @Override
    public void close() {
        workers.shutdown();
    }
}
