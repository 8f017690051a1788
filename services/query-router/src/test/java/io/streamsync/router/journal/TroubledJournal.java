package io.streamsync.router.journal;

import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// A journal at level `disk`, on a disk that a test holds up or breaks.
public final class TroubledJournal {

    private final SimulatedDisk disk = new SimulatedDisk();

    /// To begin the journal with.
    public Recovery recovery() {
        try {
            return Recovery.of(disk, Journals.properties(SyncLevel.DISK), new RouterLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// No sync returns until the disk is released.
    public void holdUp() {
        disk.holdUpSyncs();
    }

    /// Whether somebody waits for that.
    public boolean holdsSomebodyUp() {
        return disk.holdsUpASync();
    }

    public void release() {
        disk.releaseSyncs();
    }

    /// So many writes and syncs are still good, the next one and all after it fail. A batch of records is one of each.
    public void failAfter(int effects) {
        disk.failAfter(effects);
    }

    /// What the next start finds when the process dies.
    public List<byte[]> afterKill() {
        return SimulatedJournal.recovered(disk.afterKill());
    }

    /// What it finds when the machine loses its power, and all that was not synced.
    public List<byte[]> afterPowerLoss() {
        return SimulatedJournal.recovered(disk.afterPowerLoss(() -> 0));
    }
}
