package io.streamsync.billing.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.events.Topics;
import io.streamsync.protocol.record.Frame;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.transaction.support.TransactionTemplate;

/// A partition of `streamsync.races` and whoever reads it, on the real database: a billing that is killed around its
/// commit, one that stands still and wakes up when another one has its partition, two that hold it at once.
final class SimulatedConsumers {

    private static final int PARTITION = 0;
    private static final int MOST_AT_ONCE = 6;

    private final Random random;
    private final StreamIntake streams;
    private final IntakeLog log;
    private final TransactionTemplate transaction;
    private final List<byte[]> kafka = new ArrayList<>();
    private Consumer current;
    private long committed;

    SimulatedConsumers(Random random, StreamIntake streams, IntakeLog log, TransactionTemplate transaction) {
        this.random = random;
        this.streams = streams;
        this.log = log;
        this.transaction = transaction;
        current = new Consumer(0);
    }

    void send(Frame frame) {
        kafka.add(frame.encode());
    }

    /// Some of what is there, with whatever may happen to who takes it.
    void takeSome() {
        var polled = current.poll(1 + random.nextInt(MOST_AT_ONCE));
        if (polled.isEmpty()) {
            return;
        }
        switch (random.nextInt(10)) {
            case 0 -> killedBeforeCommit(polled);
            case 1 -> killedAfterCommit(polled);
            case 2 -> standsStill(polled);
            case 3 -> twoAtOnce(polled);
            default -> current.take(polled);
        }
    }

    /// Until there is nothing left.
    void takeAll() {
        for (var polled = current.poll(MOST_AT_ONCE); !polled.isEmpty(); polled = current.poll(MOST_AT_ONCE)) {
            current.take(polled);
        }
        assertThat(current.intake.gaps()).as("frames that never came").isEmpty();
        assertThat(committed).isEqualTo(kafka.size());
    }

    /// What it did is gone with its connection.
    private void killedBeforeCommit(List<ConsumerRecord<String, byte[]>> polled) {
        transaction.executeWithoutResult(status -> {
            current.intake.take(polled, Instant.now());
            status.setRollbackOnly();
        });
        current = new Consumer(committed);
    }

    /// The database has it, Kafka does not know.
    private void killedAfterCommit(List<ConsumerRecord<String, byte[]>> polled) {
        current.intake.take(polled, Instant.now());
        current = new Consumer(committed);
    }

    /// It has polled; meanwhile another one gets the partition and goes ahead; then it wakes up and is told so
    /// only when it has taken what it held.
    private void standsStill(List<ConsumerRecord<String, byte[]>> polled) {
        var zombie = current;
        current = new Consumer(committed);
        for (var steps = random.nextInt(3); steps > 0; steps--) {
            current.take(current.poll(MOST_AT_ONCE));
        }
        zombie.intake.take(polled, Instant.now());
    }

    private void twoAtOnce(List<ConsumerRecord<String, byte[]>> polled) {
        var other = new Consumer(committed);
        var others = other.poll(MOST_AT_ONCE);
        var taking = CompletableFuture.runAsync(() -> {
            if (!others.isEmpty()) {
                other.intake.take(others, Instant.now());
            }
        });
        current.take(polled);
        taking.join();
    }

    private final class Consumer {

        private final PartitionIntake intake = new PartitionIntake(PARTITION, streams, log);
        private long position;

        Consumer(long position) {
            this.position = position;
        }

        List<ConsumerRecord<String, byte[]>> poll(int most) {
            var records = new ArrayList<ConsumerRecord<String, byte[]>>();
            for (var offset = position; offset < kafka.size() && records.size() < most; offset++) {
                records.add(new ConsumerRecord<>(Topics.RACES, PARTITION, offset, "", kafka.get((int) offset)));
            }
            return records;
        }

        void take(List<ConsumerRecord<String, byte[]>> polled) {
            if (polled.isEmpty()) {
                return;
            }
            var step = intake.take(polled, Instant.now());
            assertThat(step.paused()).as("%s", intake.stop()).isFalse();
            position = step.readFrom();
            committed = step.commit();
        }
    }
}
