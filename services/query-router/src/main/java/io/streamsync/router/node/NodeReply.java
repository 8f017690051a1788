package io.streamsync.router.node;

/// Told exactly once per node asked, on the loop of the query.
public interface NodeReply {

    /// @param body the whole answer
    /// @param firstByteAt `System.nanoTime()` of its first byte
    void answered(byte[] body, long firstByteAt);

    void failed(NodeFailure failure);

    /// Above so many bytes an answer comes as a stream.
    default int held() {
        return Integer.MAX_VALUE;
    }

    /// Whether the node may pack its answer: where answers are short, unpacking costs more than it saves.
    default boolean packed() {
        return false;
    }

    /// Instead of the other two: the answer is longer than what is held. Whoever takes the stream closes it.
    ///
    /// @param firstByteAt as of an answer
    default void streams(NodeStream stream, long firstByteAt) {
        stream.close();
        failed(NodeFailure.of(NodeFailure.Kind.TOO_LARGE));
    }
}
