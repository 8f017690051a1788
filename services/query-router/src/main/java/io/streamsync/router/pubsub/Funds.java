package io.streamsync.router.pubsub;

/// Who has credit, as far as this router knows.
interface Funds {

    boolean has(String accountId);

    /// Asks billing where it is not known.
    ///
    /// @param found run when there is some, on any thread
    void seek(String accountId, Runnable found);
}
