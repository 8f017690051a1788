package io.streamsync.router.epoch;

import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.journal.JournalEntry;
import org.jspecify.annotations.Nullable;

/// The mark of an epoch's end on its way into the journal.
///
/// @param occurredAt Unix ms
/// @param secret of the epoch; null when none was made, as after a jump of the clock
record EpochEnd(long epoch, long occurredAt, @Nullable OwnSecret secret) implements JournalEntry {

    @Override
    public byte[] encode() {
        return StreamRecords.encode(new EpochEnded(epoch, occurredAt));
    }

    @Override
    public void written(long position) {
        if (secret != null) {
            secret.endedAt(position);
        }
    }

    /// The stream has ended, which ends all its epochs, or the journal has failed.
    @Override
    public void lost() {}
}
