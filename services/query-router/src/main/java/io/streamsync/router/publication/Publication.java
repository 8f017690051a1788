package io.streamsync.router.publication;

import io.streamsync.router.journal.Journal;
import io.streamsync.router.log.RouterLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.context.SmartLifecycle;

/// Starts forwarding before anything is written, and ends the stream after everything was.
final class Publication implements SmartLifecycle {

    /// Before all that writes records.
    private static final int PHASE = 0;

    private static final Duration LOOK = Duration.ofMillis(10);

    private final Journal journal;
    private final Forwarder forwarder;
    private final Duration lastFrames;
    private final InstantSource clock;
    private final RouterLog log;
    private volatile boolean running;

    Publication(Journal journal, Forwarder forwarder, Duration lastFrames, InstantSource clock, RouterLog log) {
        this.journal = journal;
        this.forwarder = forwarder;
        this.lastFrames = lastFrames;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public void start() {
        forwarder.start();
        running = true;
    }

    /// Writes the stream's end and sends what is left. What does not get there in time, the next start sends.
    @Override
    public void stop() {
        try {
            awaitAcknowledged(end());
        } catch (TimeoutException | ExecutionException e) {
            log.streamNotFinished(journal.incarnation().key(), e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        forwarder.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }

    boolean isAlive() {
        return forwarder.isAlive();
    }

    private long end() throws InterruptedException, ExecutionException, TimeoutException {
        var end = new StreamEnd(clock.millis());
        if (!journal.appendLast(end)) {
            end.lost();
        }
        return end.next().get(lastFrames.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void awaitAcknowledged(long position) throws InterruptedException, TimeoutException {
        for (var left = lastFrames.dividedBy(LOOK); forwarder.acknowledged() < position; left--) {
            if (left == 0) {
                throw new TimeoutException("Kafka has not acknowledged the end of the stream");
            }
            Thread.sleep(LOOK);
        }
    }
}
