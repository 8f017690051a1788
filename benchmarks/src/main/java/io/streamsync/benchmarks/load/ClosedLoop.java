package io.streamsync.benchmarks.load;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;

/// All connections busy all the time.
final class ClosedLoop extends LoadRun {

    private final EventLoop loop;
    private final long lengthNanos;
    private long until;
    private int busy;

    ClosedLoop(EventLoop loop, Duration length) {
        this.loop = loop;
        this.lengthNanos = length.toNanos();
    }

    @Override
    void begin(long now, List<ClientConnection> connections) {
        until = now + lengthNanos;
        busy = connections.size();
        connections.forEach(connection -> connection.send(now));
    }

    /// Not at once: a connection that breaks must not call itself.
    @Override
    void free(ClientConnection connection, long now) {
        if (now - until >= 0 || !connection.isOpen()) {
            if (--busy == 0) {
                done();
            }
        } else {
            loop.execute(() -> connection.send(System.nanoTime()));
        }
    }
}
