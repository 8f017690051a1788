package io.streamsync.billing.intake;

import io.streamsync.events.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Polls, has each partition taken in on a thread of its own, and moves the consumer to where each came.
final class Polling {

    /// New records come at once; this is how long it takes to see that a partition is due again.
    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<String, byte[]> consumer;
    private final SortedMap<Integer, PartitionIntake> partitions;
    private final IntFunction<PartitionIntake> opening;
    private final InstantSource clock;
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
        resumeDue();
        var polled = consumer.poll(POLL);
        if (!polled.isEmpty()) {
            taken(polled).forEach(this::move);
            commitIsDue = true;
        }
        if (commitIsDue) {
            commitIsDue = false;
            // repeated when it fails, though nothing else comes: others wait until what is posted is committed
            consumer.commitAsync(Map.copyOf(uncommitted), (_, failure) -> commitIsDue |= failure != null);
        }
    }

    void commit() {
        if (!uncommitted.isEmpty()) {
            consumer.commitSync(uncommitted);
        }
    }

    private void resumeDue() {
        var now = clock.instant();
        for (var paused : consumer.paused()) {
            if (of(paused).isDue(now)) {
                consumer.resume(List.of(paused));
            }
        }
    }

    private Map<TopicPartition, PartitionIntake.Step> taken(ConsumerRecords<String, byte[]> polled) {
        var tasks = new ArrayList<Callable<Map.Entry<TopicPartition, PartitionIntake.Step>>>();
        var now = clock.instant();
        for (var partition : polled.partitions()) {
            tasks.add(() -> Map.entry(partition, of(partition).take(polled.records(partition), now)));
        }
        var steps = new HashMap<TopicPartition, PartitionIntake.Step>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(tasks)) {
                steps.put(done.get().getKey(), done.get().getValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a partition could not be taken in", e.getCause());
        }
        return steps;
    }

    private void move(TopicPartition partition, PartitionIntake.Step step) {
        if (consumer.position(partition) != step.readFrom()) {
            consumer.seek(partition, step.readFrom());
        }
        if (step.paused()) {
            consumer.pause(List.of(partition));
        }
        uncommitted.put(partition, new OffsetAndMetadata(step.commit()));
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
            commit();
            onPartitionsLost(revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            lost.forEach(partition -> {
                partitions.remove(partition.partition());
                uncommitted.remove(partition);
            });
        }
    }
}
