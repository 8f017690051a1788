package io.streamsync.router.journal;

import java.nio.file.Path;

/// Another process works with this journal: two routers must never share one id.
public final class JournalLockedException extends RuntimeException {

    JournalLockedException(Path directory) {
        super("another process has the journal in " + directory);
    }
}
