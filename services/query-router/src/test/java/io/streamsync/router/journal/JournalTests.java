package io.streamsync.router.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

@ExtendWith(OutputCaptureExtension.class)
class JournalTests {

    @Test
    void givesPositionsInTheOrderOfEncodingUnderEightProducers(@TempDir Path directory) throws Exception {
        var journal = Journals.open(directory, 1);
        var spending = new Spending();
        var lost = new AtomicInteger();
        var left = new CountDownLatch(8 * 2_000);

        try (var producers = Executors.newFixedThreadPool(8)) {
            for (var producer = 0; producer < 8; producer++) {
                producers.execute(() -> {
                    for (var i = 0; i < 2_000; i++) {
                        journal.append(new Fee(spending, left, lost));
                    }
                });
            }
        }
        left.await();
        await().until(() -> journal.synced() == 16_000);

        assertThat(lost).hasValue(0);
        assertThat(cumulatives(journal)).hasSize(16_000).isEqualTo(sums(16_000));
        journal.close();
    }

    @Test
    void readsAcrossSegmentsWhileTheyAreWritten() throws IOException {
        var disk = new SimulatedDisk();
        var journal = journal(disk, DataSize.ofBytes(300), DataSize.ofMegabytes(1));
        var expected = new ArrayList<String>();

        try (var reader = journal.reader()) {
            for (var i = 0; i < 60; i++) {
                var entry = new TestEntry("record " + i);
                journal.append(entry);
                entry.await();
                expected.add("record " + i);
                await().pollInterval(Duration.ofMillis(1)).until(() -> journal.synced() == expected.size());
                assertThat(reader.read(1, i, 10, 1_000)).singleElement().isEqualTo(entry.encode());
            }
        }

        assertThat(disk.names()).hasSizeGreaterThan(5);
        assertThat(Journals.texts(journal, 1)).isEqualTo(expected);
        journal.close();
    }

    @Test
    void refusesWhenFullAndTakesAgainWhenBillingHasTheOldestSegments() throws IOException {
        var journal = journal(new SimulatedDisk(), DataSize.ofBytes(300), DataSize.ofBytes(900));
        var taken = new ArrayList<TestEntry>();
        for (var entry = new TestEntry("first"); journal.append(entry); entry = new TestEntry("another")) {
            taken.add(entry);
            entry.await();
        }
        assertThat(journal.isFull()).isTrue();

        journal.delivered(1, journal.position());

        assertThat(taken).hasSizeGreaterThan(10);
        assertThat(journal.append(new TestEntry("again"))).isTrue();
        journal.close();
    }

    @Test
    void warnsOnceThatItIsHalfFullAndAgainWhenItWasEmptied(CapturedOutput output) throws IOException {
        var disk = new SimulatedDisk();
        var journal = journal(disk, DataSize.ofBytes(300), DataSize.ofBytes(4_000));

        while (bytes(disk) < 1_800) {
            Journals.append(journal, "x".repeat(50));
        }
        assertThat(warnings(output)).isZero();
        while (!journal.isFull()) {
            Journals.append(journal, "x".repeat(50));
        }
        await().until(() -> warnings(output) == 1);

        journal.delivered(1, journal.position());
        assertThat(bytes(disk)).isLessThan(2_000);
        while (!journal.isFull()) {
            Journals.append(journal, "x".repeat(50));
        }
        await().until(() -> warnings(output) == 2);
        journal.close();
    }

    private static long bytes(SimulatedDisk disk) {
        return disk.names().stream().mapToLong(name -> disk.bytes(name).length).sum();
    }

    private static int warnings(CapturedOutput output) {
        return output.getOut().split("The journal is half full", -1).length - 1;
    }

    @Test
    void takesAMarkAlsoWhenFull() throws IOException {
        var journal = journal(new SimulatedDisk(), DataSize.ofBytes(100), DataSize.ofBytes(200));
        for (var entry = new TestEntry("x".repeat(50)); journal.append(entry); entry = new TestEntry("more")) {
            entry.await();
        }
        var mark = new TestEntry("mark");

        assertThat(journal.appendMark(mark)).isTrue();
        assertThat(mark.await()).isPositive();
        journal.close();
    }

    @Test
    void keepsTheSegmentThatHoldsThePositionBillingNeedsNext() throws IOException {
        var disk = new SimulatedDisk();
        var journal = journal(disk, DataSize.ofBytes(100), DataSize.ofMegabytes(1));
        for (var i = 0; i < 20; i++) {
            var entry = new TestEntry("record " + i);
            journal.append(entry);
            entry.await();
        }
        await().until(() -> journal.synced() == 20);

        journal.delivered(1, 11);

        try (var reader = journal.reader()) {
            assertThat(reader.read(1, 11, 1, 1_000)).singleElement().isEqualTo(new TestEntry("record 11").encode());
        }
        assertThat(disk.names()).doesNotContain(new SegmentName(1, 0).file());
        journal.close();
    }

    /// Also when billing has all of it: what comes next is written to it.
    @Test
    void keepsTheSegmentThatIsBeingWritten() throws IOException {
        var disk = new SimulatedDisk();
        var journal = Journals.begin(disk, SyncLevel.OS, 1);
        Journals.append(journal, "posted");
        await().until(() -> journal.synced() == 1);

        journal.delivered(1, 1);
        Journals.append(journal, "the next");
        journal.close();

        assertThat(Journals.texts(disk.afterKill(), 1)).containsExactly("posted", "the next");
    }

    @Test
    void losesAllThatFollowsAFailedWriteAndTellsOnce() {
        var disk = new SimulatedDisk();
        var failures = new AtomicReference<List<Throwable>>(List.of());
        var journal = Journals.recover(disk).begin(new Incarnation(7, 1), failure -> failures.set(List.of(failure)));
        disk.failAfter(0);
        var entry = new TestEntry("one");

        journal.append(entry);

        assertThat(entry.await()).isEqualTo(TestEntry.LOST);
        await().until(journal::isFailed);
        assertThat(journal.append(new TestEntry("two"))).isFalse();
        assertThat(failures.get()).hasSize(1);
        assertThat(disk.bytes(new SegmentName(1, 0).file())).hasSize(SegmentHeader.BYTES);
    }

    /// What waits for it lies in memory.
    @Test
    void refusesWhatADiskThatStandsStillDoesNotTake() throws IOException {
        var disk = new SimulatedDisk();
        var journal = Journals.begin(disk, SyncLevel.DISK, 1);
        disk.holdUpSyncs();
        var taken = 0;

        while (taken < 100_000 && journal.append(new TestEntry("waits"))) {
            taken++;
        }

        assertThat(taken).isEqualTo(65_536);
        assertThat(journal.accepts()).isFalse();
        disk.releaseSyncs();
        await().until(journal::accepts);
        journal.close();
    }

    @Test
    void readsNothingThatThisMachineCouldStillForget() throws IOException {
        var disk = new SimulatedDisk();
        var journal = Journals.begin(disk, SyncLevel.OS, 1);
        disk.holdUpSyncs();

        Journals.append(journal, "one");

        assertThat(journal.position()).isEqualTo(1);
        assertThat(Journals.texts(journal, 1)).isEmpty();
        disk.releaseSyncs();
        await().until(() -> journal.synced() == 1);
        assertThat(Journals.texts(journal, 1)).containsExactly("one");
        journal.close();
    }

    @Test
    void stopsWhenTheBackgroundSyncFails() {
        var disk = new SimulatedDisk();
        var journal = Journals.begin(disk, SyncLevel.OS, 1);
        disk.failAfter(1);

        journal.append(new TestEntry("one"));

        await().until(journal::isFailed);
        assertThat(journal.append(new TestEntry("two"))).isFalse();
    }

    @Test
    void skipsARecordThatCannotBeEncodedAndGoesOn() throws IOException {
        var journal = Journals.begin(new SimulatedDisk(), SyncLevel.OS, 1);
        var broken = new Unencodable();
        var sound = new TestEntry("sound");

        journal.append(broken);
        journal.append(sound);

        assertThat(sound.await()).isZero();
        assertThat(broken.lost).hasValue(1);
        journal.close();
    }

    @Test
    void writesNothingAfterTheLastEntry() throws IOException {
        var disk = new SimulatedDisk();
        var journal = Journals.begin(disk, SyncLevel.OS, 1);
        var last = new TestEntry("last");
        var late = new TestEntry("late");

        journal.appendLast(last);
        journal.append(late);

        assertThat(last.await()).isZero();
        assertThat(late.await()).isEqualTo(TestEntry.LOST);
        journal.close();
        assertThat(Journals.texts(disk.afterKill(), 1)).containsExactly("last");
    }

    @Test
    void writesAllThatWasTakenBeforeItCloses() throws IOException {
        var disk = new SimulatedDisk();
        var journal = Journals.begin(disk, SyncLevel.DISK, 1);
        for (var i = 0; i < 100; i++) {
            journal.append(new TestEntry("record " + i));
        }

        journal.close();

        assertThat(journal.append(new TestEntry("too late"))).isFalse();
        assertThat(Journals.texts(disk.afterKill(), 1)).hasSize(100);
    }

    private static Journal journal(Disk disk, DataSize segment, DataSize max) throws IOException {
        return Recovery.of(disk, Journals.properties(SyncLevel.OS, segment, max), new RouterLog())
                .begin(new Incarnation(7, 1), failure -> {});
    }

    private static List<Long> cumulatives(Journal journal) throws IOException {
        var sums = new ArrayList<Long>();
        try (var reader = journal.reader()) {
            while (sums.size() < journal.synced()) {
                reader.read(1, sums.size(), 256, 1 << 16)
                        .forEach(record -> sums.add(ByteBuffer.wrap(record).getLong()));
            }
        }
        return sums;
    }

    private static List<Long> sums(int count) {
        var sums = new ArrayList<Long>();
        for (var i = 1L; i <= count; i++) {
            sums.add(i * 3);
        }
        return sums;
    }

    /// What a lease does: adds up on the appender thread alone.
    private static final class Spending {
        private long cumulative;

        long spend() {
            cumulative += 3;
            return cumulative;
        }
    }

    private record Fee(Spending spending, CountDownLatch left, AtomicInteger losses) implements JournalEntry {

        @Override
        public byte[] encode() {
            return ByteBuffer.allocate(Long.BYTES).putLong(spending.spend()).array();
        }

        @Override
        public void written(long position) {
            left.countDown();
        }

        @Override
        public void lost() {
            losses.incrementAndGet();
            left.countDown();
        }
    }

    private static final class Unencodable implements JournalEntry {
        private final AtomicInteger lost = new AtomicInteger();

        @Override
        public byte[] encode() {
            throw new IllegalArgumentException("a bug");
        }

        @Override
        public void written(long position) {}

        @Override
        public void lost() {
            lost.incrementAndGet();
        }
    }
}
