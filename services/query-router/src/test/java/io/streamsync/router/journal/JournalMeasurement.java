package io.streamsync.router.journal;

import io.netty.util.internal.PlatformDependent;
import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.springframework.util.unit.DataSize;

/// Prints what an append costs here: `java … JournalMeasurement directory`. Not a test: its figures are the machine's.
public final class JournalMeasurement {

    /// About what an ANSWERED record of a race of five comes to.
    private static final int RECORD = 700;

    private JournalMeasurement() {}

    public static void main(String[] arguments) throws Exception {
        var directory = Path.of(arguments[0]);
        for (var round = 0; round < 2; round++) {
            for (var sync : SyncLevel.values()) {
                latency(directory, sync, 200, 1_000);
                latency(directory, sync, 5_000, 20_000);
                throughput(directory, sync, 400_000);
            }
            handover("ConcurrentLinkedQueue", new ConcurrentLinkedQueue<>());
            handover("MpscQueue", PlatformDependent.newMpscQueue());
        }
    }

    /// Records at a steady rate, from the append to the word that it is written.
    private static void latency(Path directory, SyncLevel sync, int perSecond, int count) throws Exception {
        try (var journal = journal(directory, sync)) {
            var nanos = new AtomicLongArray(count);
            var left = new CountDownLatch(count);
            var start = System.nanoTime();
            for (var i = 0; i < count; i++) {
                var due = start + i * 1_000_000_000L / perSecond;
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                journal.append(new Timed(nanos, i, System.nanoTime(), left));
            }
            left.await();
            var sorted =
                    IntStream.range(0, count).mapToLong(nanos::get).sorted().toArray();
            System.out.printf(
                    "MEASURED %s, %d/s: p50 %.3f ms, p99 %.3f ms, max %.3f ms%n",
                    sync, perSecond, sorted[count / 2] / 1e6, sorted[count * 99 / 100] / 1e6, sorted[count - 1] / 1e6);
        }
    }

    /// As many records as four producers can hand over.
    private static void throughput(Path directory, SyncLevel sync, int count) throws Exception {
        try (var journal = journal(directory, sync)) {
            var nanos = new AtomicLongArray(count);
            var left = new CountDownLatch(count);
            var start = System.nanoTime();
            var cpu = cpu();
            for (var producer = 0; producer < 4; producer++) {
                var from = producer * (count / 4);
                Thread.ofPlatform().start(() -> {
                    for (var i = from; i < from + count / 4; i++) {
                        while (!journal.append(new Timed(nanos, i, System.nanoTime(), left))) {
                            LockSupport.parkNanos(100_000);
                        }
                    }
                });
            }
            left.await();
            var seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "MEASURED %s, 4 producers: %.0f records/s, %.2f us CPU a record%n",
                    sync, count / seconds, (cpu() - cpu) / 1e3 / count);
        }
    }

    private static void handover(String name, Queue<Object> queue) throws InterruptedException {
        var count = 4_000_000;
        var taken = new AtomicInteger();
        var start = System.nanoTime();
        var consumer = Thread.ofPlatform().start(() -> {
            while (taken.get() < count) {
                if (queue.poll() != null) {
                    taken.lazySet(taken.get() + 1);
                }
            }
        });
        for (var producer = 0; producer < 4; producer++) {
            Thread.ofPlatform().start(() -> {
                for (var i = 0; i < count / 4; i++) {
                    queue.add(name);
                }
            });
        }
        consumer.join();
        System.out.printf("MEASURED %s: %.0f ns a handover%n", name, (System.nanoTime() - start) / (double) count);
    }

    private static Journal journal(Path directory, SyncLevel sync) throws IOException {
        var properties = new JournalProperties(
                Files.createTempDirectory(directory, "journal"),
                sync,
                DataSize.ofMegabytes(64),
                DataSize.ofGigabytes(8),
                Duration.ofMillis(5));
        return Recovery.of(FileDisk.lock(properties.directory()), properties, new RouterLog())
                .begin(new Incarnation(1, 1), failure -> System.out.println(failure));
    }

    private static long cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }

    private record Timed(AtomicLongArray nanos, int index, long start, CountDownLatch left) implements JournalEntry {

        @Override
        public byte[] encode() {
            return new byte[RECORD];
        }

        @Override
        public void written(long position) {
            nanos.set(index, System.nanoTime() - start);
            left.countDown();
        }

        @Override
        public void lost() {
            left.countDown();
        }
    }
}
