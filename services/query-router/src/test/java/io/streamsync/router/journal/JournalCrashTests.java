package io.streamsync.router.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Power fails at every write, sync and creation of a journal, and of what was not synced every part survives or not.
class JournalCrashTests {

    private static final int RECORDS = 24;
    private static final int SEGMENT_BYTES = 300;

    /// More than the whole run has.
    private static final int EFFECTS = 60;

    @Test
    void recoversFromEveryCrashPointWithWhateverOfTheRestSurvived() throws IOException {
        var crashes = 0;
        for (var effects = 0; effects < EFFECTS; effects++) {
            var disk = new SimulatedDisk();
            var crashed = crash(disk, effects);

            crashes += Choices.all(survivors -> {
                var left = disk.afterPowerLoss(survivors);
                var found = texts(left.afterKill());
                assertThat(found)
                        .as("%d effects, %d synced", crashed.effects, crashed.synced)
                        .isEqualTo(texts(found.size()))
                        .hasSizeBetween(crashed.synced, RECORDS);
                recoversAgainAfterACrashInRecovery(left, found);
            });
        }

        assertThat(crashes).as("crashes that differ").isGreaterThan(300);
    }

    @Test
    void losesNothingThatWasToldWrittenAndStopsWhenTheDiskIsFull() throws IOException {
        for (var room = 100; room < 700; room += 41) {
            var disk = new SimulatedDisk();
            var failure = new AtomicReference<Throwable>();
            var journal = Recovery.of(disk, Journals.properties(SyncLevel.DISK), new RouterLog())
                    .begin(new Incarnation(7, 1), failure::set);
            disk.holdsAtMost(room);
            var told = 0;
            for (var record = 0; record < 40; record++) {
                var entry = new TestEntry("record " + record);
                told += journal.append(entry) && entry.await() != TestEntry.LOST ? 1 : 0;
            }

            await().until(journal::isFailed);
            assertThat(failure.get()).hasMessageContaining("no space left");
            assertThat(journal.append(new TestEntry("more"))).isFalse();
            assertThat(journal.accepts()).isFalse();
            assertThat(Journals.texts(disk.afterKill(), 1))
                    .as("with room for %d bytes", room)
                    .isEqualTo(texts(told));
        }
    }

    /// Whatever of a first recovery gets done, the next finds the same.
    private static void recoversAgainAfterACrashInRecovery(SimulatedDisk left, List<String> found) {
        for (var effects = 0; effects < 2; effects++) {
            var again = left.afterKill();
            again.failAfter(effects);
            try {
                Recovery.of(again, Journals.properties(SyncLevel.OS), new RouterLog());
            } catch (IOException crashedAgain) {
                assertThat(crashedAgain).hasMessageContaining("the disk has failed");
            }
            assertThat(texts(again.afterKill())).isEqualTo(found);
        }
    }

    /// Writes and rolls, syncing now and then, until the disk fails.
    private static Crash crash(SimulatedDisk disk, int effects) {
        var synced = 0L;
        disk.failAfter(effects);
        try {
            var writer = new SegmentWriter(disk, new Segments(disk), new Incarnation(7, 1), SEGMENT_BYTES);
            try {
                write(writer);
            } finally {
                synced = writer.synced();
            }
        } catch (IOException powerFailed) {
            assertThat(powerFailed).hasMessageContaining("the disk has failed");
        }
        return new Crash(effects, (int) synced);
    }

    private static void write(SegmentWriter writer) throws IOException {
        for (var number = 0; number < RECORDS; number++) {
            var record = texts(RECORDS).get(number).getBytes(StandardCharsets.UTF_8);
            if (!writer.fitsSegment(record)) {
                writer.roll();
            }
            writer.add(record);
            writer.commit(number % 6 == 5);
        }
        writer.close();
    }

    private static List<String> texts(SimulatedDisk recovered) {
        return SimulatedJournal.recovered(recovered).stream()
                .map(record -> new String(record, StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> texts(int count) {
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(number -> "record " + number).toList());
    }

    private record Crash(int effects, int synced) {}
}
