package io.streamsync.router.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalRecoveryTests {

    private static final String SEGMENT = new SegmentName(1, 0).file();

    @Test
    void findsEveryRecordAgainInOrder() throws IOException {
        var disk = written("one", "two", "three");

        assertThat(Journals.texts(disk.afterKill(), 1)).containsExactly("one", "two", "three");
    }

    @Test
    void cutsATornTailOffAtEveryByte() throws IOException {
        var intact = killedWhileOpen("first", "second").bytes(SEGMENT);
        var lastRecord = intact.length - Framing.OVERHEAD - "second".length();

        for (var length = lastRecord; length < intact.length; length++) {
            var disk = holding(Arrays.copyOf(intact, length));

            assertThat(Journals.texts(disk, 1)).as("cut at byte %d", length).containsExactly("first");
            assertThat(disk.bytes(SEGMENT)).as("cut at byte %d", length).hasSize(lastRecord);
        }
    }

    @Test
    void cutsOffATailWithAnyByteFlipped() throws IOException {
        var intact = killedWhileOpen("first", "second").bytes(SEGMENT);
        var lastRecord = intact.length - Framing.OVERHEAD - "second".length();

        for (var at = lastRecord; at < intact.length; at++) {
            assertThat(Journals.texts(holding(flipped(intact, at)), 1))
                    .as("byte %d flipped", at)
                    .containsExactly("first");
        }
    }

    @Test
    void haltsOnAnyByteFlippedBeforeALaterSync() throws IOException {
        var intact = written("first", "second").bytes(SEGMENT);

        for (var at = 0; at < intact.length - Framing.MARK_BYTES; at++) {
            var disk = holding(flipped(intact, at));
            assertThatThrownBy(() -> Journals.recover(disk))
                    .as("byte %d flipped", at)
                    .isInstanceOf(JournalDamagedException.class);
        }
    }

    @Test
    void haltsOnDamageInASegmentThatIsNotTheLast() throws IOException {
        var disk = severalSegments();
        var first = disk.bytes(SEGMENT);
        disk.replace(SEGMENT, Arrays.copyOf(first, first.length - 1));

        assertThatThrownBy(() -> Journals.recover(disk)).isInstanceOf(JournalDamagedException.class);
        assertThat(disk.bytes(SEGMENT)).as("left to whoever has to look").hasSize(first.length - 1);
    }

    @Test
    void haltsWhenASegmentInTheMiddleIsMissing() throws IOException {
        var disk = severalSegments();
        disk.delete(disk.names().get(1));

        assertThatThrownBy(() -> Journals.recover(disk)).isInstanceOf(JournalDamagedException.class);
    }

    @Test
    void haltsOnASegmentUnderTheNameOfAnother() throws IOException {
        var bytes = written("one").bytes(SEGMENT);

        for (var name : List.of(new SegmentName(2, 0), new SegmentName(1, 5))) {
            var disk = holding(name.file(), bytes);
            assertThatThrownBy(() -> Journals.recover(disk))
                    .as("%s", name)
                    .isInstanceOf(JournalDamagedException.class)
                    .hasMessageContaining("its header names another segment");
        }
    }

    /// What recovery found is sent on: it may not be lost with the power later.
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void bringsToTheDiskWhatAKilledProcessLeftInThePageCache(int tornBytes) throws IOException {
        var disk = new SimulatedDisk();
        var writer = new SegmentWriter(disk, new Segments(disk), new Incarnation(7, 1), 1_000);
        writer.add("one".getBytes(StandardCharsets.UTF_8));
        writer.commit(false);
        var killed = disk.afterKill();
        try (var file = killed.open(SEGMENT)) {
            file.write(ByteBuffer.wrap(new byte[tornBytes]), file.size());
        }
        assertThat(Journals.texts(withoutPower(killed), 1)).isEmpty();

        Journals.recover(killed);

        assertThat(Journals.texts(withoutPower(killed), 1)).containsExactly("one");
    }

    @Test
    void dropsASegmentThatWasOnlyAboutToBeMade() throws IOException {
        var disk = killedWhileOpen("first");
        var header = disk.bytes(SEGMENT);
        disk.create(new SegmentName(1, 1).file());
        disk.replace(new SegmentName(1, 1).file(), Arrays.copyOf(header, SegmentHeader.BYTES - 1));

        assertThat(Journals.texts(disk, 1)).containsExactly("first");
        assertThat(disk.names()).doesNotContain(new SegmentName(1, 1).file());
    }

    @Test
    void keepsWhatWasToldWrittenWhenPowerFailsAtAnyWrite() {
        for (var seed = 0L; seed < 300; seed++) {
            var random = new Random(seed);
            var disk = new SimulatedDisk();
            var journal = Journals.begin(disk, SyncLevel.DISK, 1);
            disk.failAfter(random.nextInt(12));
            var entries = appended(journal, 1 + random.nextInt(8));

            var outcomes = entries.stream().map(TestEntry::await).toList();
            var recovered = Journals.texts(disk.afterPowerLoss(random), 1);

            assertThat(outcomes).as("seed %d", seed).isEqualTo(positionsThenLosses(recovered.size(), entries.size()));
            assertThat(recovered).as("seed %d", seed).isEqualTo(texts(recovered.size()));
        }
    }

    @Test
    void keepsAPrefixWithAllThatWasSyncedWhenPowerFailsBehindThePageCache() throws IOException {
        for (var seed = 0L; seed < 300; seed++) {
            var random = new Random(seed);
            var disk = new SimulatedDisk();
            var writer = new SegmentWriter(disk, new Segments(disk), new Incarnation(7, 1), 400);
            for (var i = 0; i < 20; i++) {
                var record = ("record " + i).getBytes(StandardCharsets.UTF_8);
                if (!writer.fitsSegment(record)) {
                    writer.roll();
                }
                writer.add(record);
                writer.commit(random.nextInt(4) == 0);
            }

            var recovered = Journals.texts(disk.afterPowerLoss(random), 1);

            assertThat(recovered)
                    .as("seed %d, synced %d", seed, writer.synced())
                    .hasSizeGreaterThanOrEqualTo((int) writer.synced())
                    .isEqualTo(texts(recovered.size()));
        }
    }

    @Test
    void refusesASecondProcess(@TempDir Path directory) throws IOException {
        try (var first = FileDisk.lock(directory)) {
            assertThat(first.names()).containsExactly("lock");
            assertThatThrownBy(() -> FileDisk.lock(directory)).isInstanceOf(JournalLockedException.class);
        }
        FileDisk.lock(directory).close();
    }

    @Test
    void refusesTheJournalOfAnotherRouter() throws IOException {
        var recovery = Journals.recover(written("one").afterKill());

        assertThatThrownBy(() -> recovery.streams(8)).hasMessageContaining("belongs to router 7");
        assertThatThrownBy(() -> recovery.begin(new Incarnation(8, 2), failure -> {}))
                .hasMessageContaining("belongs to router 7");
    }

    @Test
    void refusesAnIncarnationThatHasBeenThere() throws IOException {
        var recovery = Journals.recover(written("one").afterKill());

        assertThatThrownBy(() -> recovery.begin(new Incarnation(7, 1), failure -> {}))
                .hasMessageContaining("has been here before");
    }

    @Test
    void refusesAnIncarnationBeforeOneThatHasBeenThere() throws IOException {
        var disk = new SimulatedDisk();
        try (var journal = Journals.begin(disk, SyncLevel.DISK, 6)) {
            appendAll(journal, "one");
        }
        var recovery = Journals.recover(disk.afterKill());

        assertThatThrownBy(() -> recovery.begin(new Incarnation(7, 5), failure -> {}))
                .hasMessageContaining("forgotten starts of this router");
        assertThat(recovery.streams(7)).containsExactly(new RecoveredStream(new Incarnation(7, 6), 0, 1));
    }

    private static SimulatedDisk written(String... texts) throws IOException {
        var disk = new SimulatedDisk();
        try (var journal = Journals.begin(disk, SyncLevel.DISK, 1)) {
            appendAll(journal, texts);
        }
        return disk;
    }

    private static SimulatedDisk killedWhileOpen(String... texts) {
        var disk = new SimulatedDisk();
        var journal = Journals.begin(disk, SyncLevel.OS, 1);
        appendAll(journal, texts);
        return disk.afterKill();
    }

    private static void appendAll(Journal journal, String... texts) {
        for (var text : texts) {
            var entry = new TestEntry(text);
            assertThat(journal.append(entry)).isTrue();
            assertThat(entry.await()).isNotEqualTo(TestEntry.LOST);
        }
    }

    private static SimulatedDisk severalSegments() throws IOException {
        var disk = new SimulatedDisk();
        var writer = new SegmentWriter(disk, new Segments(disk), new Incarnation(7, 1), 1_000);
        for (var i = 0; i < 3; i++) {
            writer.add(new byte[] {1, 2, 3});
            writer.commit(false);
            writer.roll();
        }
        writer.close();
        return disk;
    }

    private static SimulatedDisk holding(byte[] segment) throws IOException {
        return holding(SEGMENT, segment);
    }

    private static SimulatedDisk holding(String name, byte[] segment) throws IOException {
        var disk = new SimulatedDisk();
        disk.create(name).close();
        disk.replace(name, segment);
        return disk;
    }

    /// What is left when nothing of what was not synced survives.
    private static SimulatedDisk withoutPower(SimulatedDisk disk) {
        return disk.afterPowerLoss(() -> 0);
    }

    private static byte[] flipped(byte[] bytes, int at) {
        var flipped = bytes.clone();
        flipped[at] ^= 0x10;
        return flipped;
    }

    private static List<TestEntry> appended(Journal journal, int count) {
        var entries = new ArrayList<TestEntry>();
        for (var text : texts(count)) {
            var entry = new TestEntry(text);
            if (journal.append(entry)) {
                entries.add(entry);
            }
        }
        return entries;
    }

    private static List<String> texts(int count) {
        return IntStream.range(0, count).mapToObj(i -> "record " + i).toList();
    }

    private static List<Long> positionsThenLosses(int written, int all) {
        return LongStream.range(0, all)
                .map(at -> at < written ? at : TestEntry.LOST)
                .boxed()
                .toList();
    }
}
