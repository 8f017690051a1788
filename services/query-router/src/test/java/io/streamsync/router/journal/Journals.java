package io.streamsync.router.journal;

import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.util.unit.DataSize;

/// Journals for tests, and what stands in them.
public final class Journals {

    private Journals() {}

    /// A journal in a directory, by default with the least safety.
    public static Journal open(Path directory, int incarnation) {
        try {
            return Recovery.of(FileDisk.lock(directory), properties(SyncLevel.OS), new RouterLog())
                    .begin(new Incarnation(7, incarnation), Journals::ignore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As a start of the router takes what an earlier one has left.
    public static Recovery recover(Path directory) {
        var sizes = properties(SyncLevel.OS);
        var properties = new JournalProperties(
                directory, sizes.sync(), sizes.segmentSize(), sizes.maxSize(), sizes.syncInterval());
        try {
            return new JournalConfiguration().journalRecovery(properties, new RouterLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a record.
    public static void append(Journal journal, String text) {
        var entry = new TestEntry(text);
        journal.append(entry);
        entry.await();
    }

    /// A journal that takes nothing any more but marks.
    public static Journal full(Path directory, int incarnation) {
        try {
            var properties = properties(SyncLevel.OS, DataSize.ofKilobytes(64), DataSize.ofKilobytes(128));
            var journal = Recovery.of(FileDisk.lock(directory), properties, new RouterLog())
                    .begin(new Incarnation(7, incarnation), Journals::ignore);
            while (!journal.isFull()) {
                var entry = new TestEntry("x".repeat(20_000));
                journal.appendMark(entry);
                entry.await();
            }
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Recovery recover(Disk disk) {
        try {
            return Recovery.of(disk, properties(SyncLevel.OS), new RouterLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Journal begin(Disk disk, SyncLevel sync, int incarnation) {
        try {
            return Recovery.of(disk, properties(sync), new RouterLog())
                    .begin(new Incarnation(7, incarnation), Journals::ignore);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JournalProperties properties(SyncLevel sync) {
        return properties(sync, DataSize.ofMegabytes(1), DataSize.ofMegabytes(64));
    }

    static JournalProperties properties(SyncLevel sync, DataSize segment, DataSize max) {
        return new JournalProperties(Path.of("unused"), sync, segment, max, Duration.ofMillis(5));
    }

    /// All records of an incarnation that can be read.
    static List<String> texts(Journal journal, int incarnation) {
        try (var reader = journal.reader()) {
            var texts = new ArrayList<String>();
            while (true) {
                var records = reader.read(incarnation, texts.size(), 10, 1_000);
                if (records.isEmpty()) {
                    return texts;
                }
                records.forEach(record -> texts.add(new String(record, StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> texts(Disk disk, int incarnation) {
        try (var journal = begin(disk, SyncLevel.OS, 999)) {
            return texts(journal, incarnation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void ignore(Throwable failure) {}
}
