package io.streamsync.router.node;

/// Told exactly once per node asked, on the loop of the query.
public interface NodeReply {

    /// @param body the whole answer
    /// @param firstByteAt `System.nanoTime()` of its first byte
    void answered(byte[] body, long firstByteAt);

    void failed(NodeFailure failure);
}
