package io.streamsync.router.publication;

import io.streamsync.router.journal.Journal;
import java.util.List;

/// Parts of this package for the tests of others.
public final class Publications {

    private Publications() {}

    /// @param unfinished earlier incarnations whose streams have not ended
    public static HighWaterMarks marks(Journal journal, Integer... unfinished) {
        return new HighWaterMarks(journal, List.of(unfinished), System::nanoTime);
    }
}
