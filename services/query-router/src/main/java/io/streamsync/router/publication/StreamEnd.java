package io.streamsync.router.publication;

import io.streamsync.protocol.record.StreamRecord.StreamEnded;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.journal.JournalEntry;
import java.util.concurrent.CompletableFuture;

/// The last record of this incarnation, on its way into the journal.
final class StreamEnd implements JournalEntry {

    private final long occurredAt;
    private final CompletableFuture<Long> next = new CompletableFuture<>();

    StreamEnd(long occurredAt) {
        this.occurredAt = occurredAt;
    }

    /// The position after it, once it is written.
    CompletableFuture<Long> next() {
        return next;
    }

    @Override
    public byte[] encode() {
        return StreamRecords.encode(new StreamEnded(occurredAt));
    }

    @Override
    public void written(long position) {
        next.complete(position + 1);
    }

    @Override
    public void lost() {
        next.completeExceptionally(new IllegalStateException("the journal has failed"));
    }
}
