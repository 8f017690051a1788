package io.streamsync.router.node;

import org.jspecify.annotations.Nullable;

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

    /// Whose share of the memory for long answers it takes, to be given back once nobody reads the answer any more;
    /// null for the router's own questions, whose answers are not kept.
    default AnswerMemory.@Nullable Share memory() {
        return null;
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
