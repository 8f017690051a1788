package io.streamsync.router.publication;

import io.streamsync.events.Topics;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// A window of frames on their way to Kafka. Belongs to one thread; Kafka's only puts down what came of a frame.
final class FrameProducer {

    /// Enough to keep Kafka busy; 8 MB at most.
    private static final int WINDOW = 16;

    private final Supplier<? extends Producer<String, byte[]>> producers;
    private final Runnable onRoom;
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private @Nullable Producer<String, byte[]> producer;
    private int underway;
    private volatile boolean full;

    /// @param onRoom called on any thread when a full window has room again
    FrameProducer(Supplier<? extends Producer<String, byte[]>> producers, Runnable onRoom) {
        this.producers = producers;
        this.onRoom = onRoom;
    }

    boolean hasRoom() {
        full = underway >= WINDOW;
        return !full;
    }

    void send(SentFrame frame) {
        var open = producer == null ? producers.get() : producer;
        producer = open;
        underway++;
        var _ = open.send(
                new ProducerRecord<>(Topics.RACES, frame.key(), frame.frame().encode()),
                (_, failure) -> put(new Outcome(frame, failure)));
    }

    /// Takes note of what Kafka has answered.
    ///
    /// @throws IllegalStateException when Kafka has refused a frame: what followed it must be sent again after it
    void settle() {
        for (var outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
            underway--;
            if (outcome.failure != null) {
                throw new IllegalStateException("Kafka does not take a frame", outcome.failure);
            }
            outcome.frame.stream().acknowledge(outcome.frame);
        }
    }

    /// Gives up whatever is underway. It may still reach Kafka, in its own order.
    void abandon() {
        close(Duration.ZERO);
    }

    void close(Duration atMost) {
        if (producer != null) {
            producer.close(atMost);
            producer = null;
        }
        outcomes.clear();
        underway = 0;
    }

    private void put(Outcome outcome) {
        outcomes.add(outcome);
        if (full) {
            onRoom.run();
        }
    }

    private record Outcome(SentFrame frame, @Nullable Exception failure) {}
}
