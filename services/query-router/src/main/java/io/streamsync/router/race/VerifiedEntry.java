package io.streamsync.router.race;

import io.streamsync.protocol.record.StreamRecord.Verified;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.journal.JournalEntry;

/// A race's last record on its way into the journal. Where it is lost, the race counts as unverified.
record VerifiedEntry(Verified verified, OpenRaces open) implements JournalEntry {

    @Override
    public byte[] encode() {
        return StreamRecords.encode(verified);
    }

    @Override
    public void written(long position) {
        open.ended();
    }

    @Override
    public void lost() {
        open.ended();
    }
}
