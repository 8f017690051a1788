package io.streamsync.router.publication;

import io.streamsync.router.journal.JournalDamagedException;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.publication.HighWaterMarks.Mark;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;

/// Sends the journal to Kafka on a thread of its own, for ever, from where Kafka has it. What waits, waits on the disk.
final class Forwarder {

    /// So long records wait for others to share their frame: billing and reputation take a frame of many in at little
    /// more than the cost of one record, and are to be told of a race within a second.
    private static final Duration LINGER = Duration.ofMillis(100);

    /// After an error.
    private static final Duration RETRY = Duration.ofSeconds(1);

    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final HighWaterMarks marks;
    private final RouterLog log;
    private final FrameProducer frames;
    private final List<StreamForwarder> streams;
    private final StreamForwarder live;
    private final Thread thread = new Thread(this::run, "journal-forwarder");

    private volatile boolean stopped;
    private volatile long acknowledged;

    /// @param earlier the streams of earlier incarnations
    /// @param live the stream of this one
    Forwarder(
            Supplier<? extends Producer<String, byte[]>> producers,
            List<StreamForwarder> earlier,
            StreamForwarder live,
            HighWaterMarks marks,
            RouterLog log) {
        this.marks = marks;
        this.log = log;
        this.live = live;
        frames = new FrameProducer(producers, () -> LockSupport.unpark(thread));
        streams = new ArrayList<>(earlier);
        streams.add(live);
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /// The position after the last record of this incarnation that Kafka has acknowledged.
    long acknowledged() {
        return acknowledged;
    }

    /// Whether records still get to Kafka; an error of the machine ends it.
    boolean isAlive() {
        return thread.isAlive();
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE.multipliedBy(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopped) {
            try {
                step();
                LockSupport.parkNanos(this, LINGER.toNanos());
            } catch (RuntimeException e) {
                startOver(e);
            }
        }
        frames.close(CLOSE);
        List.copyOf(streams).forEach(this::drop);
    }

    private void step() {
        frames.settle();
        acknowledged = live.acknowledged();
        marks.acknowledged(acknowledged);
        for (var stream : List.copyOf(streams)) {
            var told = marks.mark(stream.incarnation().number());
            if (marks.isFinished(stream.incarnation().number())) {
                log.streamFinished(stream.incarnation().key(), told.nextPosition());
                drop(stream);
            } else {
                forward(stream, told);
            }
        }
    }

    private void forward(StreamForwarder stream, Mark told) {
        try {
            if (stream.follow(told)) {
                log.streamRewound(stream.incarnation().key(), told.nextPosition());
            }
            sendAll(stream);
        } catch (IOException | JournalDamagedException e) {
            if (marks.mark(stream.incarnation().number()).nextPosition() == told.nextPosition()) {
                unreadable(stream, e);
            }
            // else billing has got on meanwhile, and the journal may have forgotten what it was asked for
        }
    }

    private void unreadable(StreamForwarder stream, Exception cause) {
        log.streamUnreadable(stream.incarnation().key(), cause);
        if (stream.isLive()) {
            LockSupport.parkNanos(this, RETRY.toNanos());
        } else {
            marks.unreadable(stream.incarnation().number());
            drop(stream);
        }
    }

    /// Ends with a frame that is not full: what comes next may wait for company.
    private void sendAll(StreamForwarder stream) throws IOException {
        while (frames.hasRoom()) {
            var frame = stream.take();
            frame.ifPresent(frames::send);
            if (frame.isEmpty() || !frame.get().isFull()) {
                return;
            }
        }
    }

    /// Kafka's refusal of a frame leaves those behind it without their place: all of them are sent again.
    private void startOver(RuntimeException cause) {
        log.forwardingFailed(cause);
        frames.abandon();
        streams.forEach(StreamForwarder::rewind);
        LockSupport.parkNanos(this, RETRY.toNanos());
    }

    private void drop(StreamForwarder stream) {
        streams.remove(stream);
        try {
            stream.close();
        } catch (IOException e) {
            log.forwardingFailed(e);
        }
    }
}
