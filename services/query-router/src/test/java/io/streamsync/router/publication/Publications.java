package io.streamsync.router.publication;

import io.streamsync.router.journal.Journal;

/// Parts of this package for the tests of others.
public final class Publications {

    private Publications() {}

    public static HighWaterMarks marks(Journal journal) {
        return new HighWaterMarks(journal, System::nanoTime);
    }
}
