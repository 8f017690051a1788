package io.streamsync.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// One run of load on one event loop; what it decides is when a connection asks next.
abstract class LoadRun {

    private final Histogram latencies = new Histogram(TimeUnit.MINUTES.toMicros(2), 3);
    private final CountDownLatch done = new CountDownLatch(1);
    private long startedAt;
    private long endedAt;
    private long failed;
    private String complaint = "";

    /// On the loop.
    final void start(List<ClientConnection> connections) {
        startedAt = System.nanoTime();
        begin(startedAt, connections);
    }

    abstract void begin(long now, List<ClientConnection> connections);

    /// The connection is free again.
    abstract void free(ClientConnection connection, long now);

    final void answered(ClientConnection connection, long intended) {
        var now = System.nanoTime();
        latencies.recordValue(Math.min((now - intended) / 1000, latencies.getHighestTrackableValue()));
        free(connection, now);
    }

    final void failed(ClientConnection connection, String why) {
        failed++;
        complaint = complaint.isEmpty() ? why : complaint;
        free(connection, System.nanoTime());
    }

    final void done() {
        endedAt = System.nanoTime();
        done.countDown();
    }

    final void await(Duration limit) throws InterruptedException {
        if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("some requests were not answered at all; " + complaint);
        }
    }

    final Result result() {
        return new Result(latencies, failed, complaint, Duration.ofNanos(endedAt - startedAt));
    }
}
