package io.streamsync.router.journal;

/// One record on its way into the journal. All methods are called on the journal's appender thread and must not block.
public interface JournalEntry {

    /// The record's bytes; called once, in the order of positions, so that sums over records are exact.
    /// When it throws, [#lost] follows before any other entry is encoded.
    byte[] encode();

    /// The record stands at this position as safely as the journal's [SyncLevel] asks.
    void written(long position);

    /// The record is not in the journal and never will be.
    void lost();
}
