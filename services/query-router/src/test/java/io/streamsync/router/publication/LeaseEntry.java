package io.streamsync.router.publication;

import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.journal.Journal;
import io.streamsync.router.journal.JournalEntry;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// Some small record of a stream.
record LeaseEntry(long number, CompletableFuture<Long> position) implements JournalEntry {

    private static final UUID LEASE = new UUID(1, 2);

    /// Writes records and waits for the last of them.
    static void append(Journal journal, int count) {
        var last = CompletableFuture.completedFuture(0L);
        for (var i = 0; i < count; i++) {
            var entry = new LeaseEntry(i, new CompletableFuture<>());
            journal.append(entry);
            last = entry.position;
        }
        last.join();
    }

    @Override
    public byte[] encode() {
        return StreamRecords.encode(new LeaseClosed(LEASE, number));
    }

    @Override
    public void written(long at) {
        position.complete(at);
    }

    @Override
    public void lost() {
        position.completeExceptionally(new IllegalStateException("lost"));
    }
}
