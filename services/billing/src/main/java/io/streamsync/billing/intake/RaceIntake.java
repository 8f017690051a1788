package io.streamsync.billing.intake;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// Keeps a consumer of `streamsync.races` running as long as the service does.
class RaceIntake implements SmartLifecycle {

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final StreamIntake streams;
    private final IntakeLog log;
    private final InstantSource clock;
    private final SortedMap<Integer, PartitionIntake> partitions = new ConcurrentSkipListMap<>();
    private volatile boolean running;
    private @Nullable Thread thread;
    private volatile @Nullable Consumer<String, byte[]> consumer;

    RaceIntake(Supplier<Consumer<String, byte[]>> consumers, StreamIntake streams, IntakeLog log, InstantSource clock) {
        this.consumers = consumers;
        this.streams = streams;
        this.log = log;
        this.clock = clock;
    }

    /// The partitions that this instance reads.
    Map<Integer, PartitionIntake> partitions() {
        return Map.copyOf(partitions);
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofPlatform().name("race-intake").start(this::run);
    }

    /// Ends after the batch at hand, and commits how far it came.
    @Override
    public void stop() {
        running = false;
        var current = consumer;
        if (current != null) {
            current.wakeup();
        }
        try {
            if (thread != null) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running && thread != null && thread.isAlive();
    }

    private void run() {
        while (running) {
            try (var current = consumers.get();
                    var polling = new Polling(
                            current, partitions, number -> new PartitionIntake(number, streams, log), clock)) {
                consumer = current;
                poll(polling);
            } catch (RuntimeException e) {
                log.intakeFailed(e);
                pause();
            } finally {
                consumer = null;
                partitions.clear();
            }
        }
    }

    private void poll(Polling polling) {
        try {
            while (running) {
                polling.once();
            }
        } catch (WakeupException stopped) {
            // only stop() wakes the consumer
        }
        polling.finish();
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
