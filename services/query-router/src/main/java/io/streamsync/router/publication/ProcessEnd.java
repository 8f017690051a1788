package io.streamsync.router.publication;

/// Ends this process where going on would be wrong: whatever starts it again starts a new incarnation.
@FunctionalInterface
public interface ProcessEnd {

    /// Returns at once: whoever says so may be what the end waits for.
    ///
    /// @param reason in a word, for the name of the thread that ends the process
    void begin(String reason);
}
