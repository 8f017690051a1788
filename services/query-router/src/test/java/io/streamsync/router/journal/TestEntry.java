package io.streamsync.router.journal;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/// An entry that remembers what became of it.
final class TestEntry implements JournalEntry {

    static final long LOST = -1;

    private final byte[] bytes;

    /// The position, or [#LOST].
    final CompletableFuture<Long> outcome = new CompletableFuture<>();

    TestEntry(String text) {
        bytes = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] encode() {
        return bytes;
    }

    @Override
    public void written(long position) {
        outcome.complete(position);
    }

    @Override
    public void lost() {
        outcome.complete(LOST);
    }

    /// What became of it, once it is known.
    long await() {
        return outcome.join();
    }
}
