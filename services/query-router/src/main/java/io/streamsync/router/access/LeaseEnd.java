package io.streamsync.router.access;

import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecords;
import io.streamsync.router.journal.JournalEntry;

/// The record that gives back what is left of a lease.
record LeaseEnd(Lease lease, ClosedLeases closed) implements JournalEntry {

    @Override
    public byte[] encode() {
        return StreamRecords.encode(new LeaseClosed(lease.id(), lease.cumulative()));
    }

    @Override
    public void written(long position) {
        closed.written(lease.id(), position);
    }

    /// The journal has failed, or the stream has ended, which ends all leases.
    @Override
    public void lost() {}
}
