package io.streamsync.router.journal;

/// What a record must have reached before its writer is told (the money path, Journal).
public enum SyncLevel {

    /// The page cache: survives the death of the process. A sync follows within milliseconds.
    OS,

    /// The disk: survives the loss of power.
    DISK
}
