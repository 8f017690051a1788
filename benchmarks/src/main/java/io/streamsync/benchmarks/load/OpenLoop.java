package io.streamsync.benchmarks.load;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A constant arrival rate: what finds no free connection waits, and its latency with it.
final class OpenLoop extends LoadRun {

    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final ArrayDeque<ClientConnection> idle = new ArrayDeque<>();
    private final ArrayDeque<Long> waiting = new ArrayDeque<>();
    private final EventLoop loop;
    private final double interval;
    private final int total;
    private long startedAt;
    private int begun;
    private int ended;

    OpenLoop(EventLoop loop, int perSecond, Duration length) {
        this.loop = loop;
        this.interval = 1e9 / perSecond;
        this.total = Math.toIntExact(perSecond * length.toMillis() / 1000);
    }

    @Override
    void begin(long now, List<ClientConnection> connections) {
        startedAt = now;
        idle.addAll(connections);
        tick();
    }

    @Override
    void free(ClientConnection connection, long now) {
        if (++ended == total) {
            done();
        }
        var next = waiting.poll();
        if (next == null) {
            idle.add(connection);
        } else {
            connection.send(next);
        }
    }

    private void tick() {
        var now = System.nanoTime();
        for (; begun < total && intended() <= now; begun++) {
            begin(intended());
        }
        if (begun < total) {
            var pause = Math.clamp(intended() - System.nanoTime(), 0, LONGEST_PAUSE);
            var _ = loop.schedule(this::tick, pause, TimeUnit.NANOSECONDS);
        }
    }

    /// When the next request should start.
    private long intended() {
        return startedAt + (long) (begun * interval);
    }

    private void begin(long intended) {
        var connection = idle.poll();
        if (connection == null) {
            waiting.add(intended);
        } else {
            connection.send(intended);
        }
    }
}
