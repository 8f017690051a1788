package io.streamsync.router.journal;

/// Bytes that were safely on the disk are no longer what was written. Nobody but a person may decide what to do.
public final class JournalDamagedException extends RuntimeException {

    JournalDamagedException(String segment, String what) {
        super("the journal is damaged: " + segment + ": " + what);
    }
}
