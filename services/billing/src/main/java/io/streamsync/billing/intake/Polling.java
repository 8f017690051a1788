package io.streamsync.billing.intake;

import io.streamsync.events.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Polls, has each partition taken in on a thread of its own while the others go on, and moves the consumer to where
/// each came. One more batch of a partition is decoded meanwhile and taken right behind, so that fetching, decoding and
/// posting overlap; with that it is paused.
final class Polling implements AutoCloseable {

    /// New records come at once; this is how long it takes to see that a partition is due again.
    private static final Duration POLL = Duration.ofMillis(200);

    /// How long it takes to see that a partition was taken in: little of the 100 ms that a full poll takes, of
    /// which one more is there already.
    private static final Duration GLANCE = Duration.ofMillis(20);

    private final Consumer<String, byte[]> consumer;
    private final SortedMap<Integer, PartitionIntake> partitions;
    private final IntFunction<PartitionIntake> opening;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<TopicPartition, Taking> taking = new HashMap<>();
    private final Map<TopicPartition, Taking> waiting = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
    private boolean commitIsDue;

    Polling(
            Consumer<String, byte[]> consumer,
            SortedMap<Integer, PartitionIntake> partitions,
            IntFunction<PartitionIntake> opening,
            InstantSource clock) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.opening = opening;
        this.clock = clock;
        consumer.subscribe(List.of(Topics.RACES), new Assignment());
    }

    void once() {
        taking.entrySet().stream()
                .filter(taken -> taken.getValue().step().isDone())
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::move);
        if (commitIsDue) {
            commitIsDue = false;
            // repeated when it fails, though nothing else comes: others wait until what is posted is committed
            consumer.commitAsync(Map.copyOf(uncommitted), (_, failure) -> commitIsDue |= failure != null);
        }
        resumeDue();
        var polled = consumer.poll(taking.isEmpty() ? POLL : GLANCE);
        for (var partition : polled.partitions()) {
            var before = taking.get(partition);
            if (before == null) {
                taking.put(partition, take(partition, polled.records(partition), null));
            } else {
                consumer.pause(List.of(partition));
                waiting.put(partition, take(partition, polled.records(partition), before));
            }
        }
    }

    /// Waits for what is being taken in, and commits how far that came.
    void finish() {
        finish(List.copyOf(taking.keySet()));
    }

    private void finish(Collection<TopicPartition> ending) {
        for (var partition : ending) {
            while (taking.containsKey(partition)) {
                move(partition);
            }
        }
        if (!uncommitted.isEmpty()) {
            consumer.commitSync(uncommitted);
        }
    }

    /// Leaves nothing running.
    @Override
    public void close() {
        threads.close();
    }

    /// @param before what is taken in first; where that does not go on to here, nothing of this is
    private Taking take(
            TopicPartition partition, List<ConsumerRecord<String, byte[]>> records, @Nullable Taking before) {
        var now = clock.instant();
        var intake = of(partition);
        return new Taking(records.getLast().offset() + 1, threads.submit(() -> {
            var polled = Polled.decode(records);
            return before == null || before.goesOn() ? intake.take(polled, now) : before.result();
        }));
    }

    private void resumeDue() {
        var now = clock.instant();
        for (var paused : consumer.paused()) {
            if (!taking.containsKey(paused) && of(paused).isDue(now)) {
                consumer.resume(List.of(paused));
            }
        }
    }

    private void move(TopicPartition partition) {
        var taken = Objects.requireNonNull(taking.remove(partition));
        var step = taken.result();
        uncommitted.put(partition, new OffsetAndMetadata(step.commit()));
        commitIsDue = true;
        var next = waiting.remove(partition);
        if (!taken.goesOn()) {
            consumer.seek(partition, step.readFrom());
        } else if (next != null) {
            taking.put(partition, next);
        }
        if (step.paused()) {
            consumer.pause(List.of(partition));
        } else {
            consumer.resume(List.of(partition));
        }
    }

    private PartitionIntake of(TopicPartition partition) {
        return partitions.computeIfAbsent(partition.partition(), opening::apply);
    }

    private final class Assignment implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            assigned.forEach(partition -> of(partition));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            finish(revoked);
            forget(revoked);
        }

        /// Another instance has them: what is still being taken in here is fenced by the database.
        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            forget(lost);
        }

        private void forget(Collection<TopicPartition> gone) {
            gone.forEach(partition -> {
                taking.remove(partition);
                waiting.remove(partition);
                partitions.remove(partition.partition());
                uncommitted.remove(partition);
            });
        }
    }

    /// A batch that is being taken in.
    ///
    /// @param end the offset behind it
    private record Taking(long end, Future<PartitionIntake.Step> step) {

        /// Whether what comes next is what lies behind it.
        boolean goesOn() {
            return result().readFrom() == end;
        }

        PartitionIntake.Step result() {
            try {
                return step.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a partition could not be taken in", e.getCause());
            }
        }
    }
}
