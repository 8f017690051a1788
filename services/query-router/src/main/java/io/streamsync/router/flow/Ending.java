package io.streamsync.router.flow;

import io.streamsync.router.node.NodeFailure;
import org.jspecify.annotations.Nullable;

/// How a long answer ended.
public sealed interface Ending {

    /// All of it came, and it was an answer from its first to its last byte as far as its envelope goes.
    ///
    /// @param hash SHA-256 of the result's bytes, lower-case hex
    /// @param body the whole answer where it was to be kept and could be; whoever takes it gives its memory back
    @SuppressWarnings("ArrayRecordComponent") // the bytes of one answer, never compared
    record Whole(String hash, byte @Nullable [] body) implements Ending {}

    /// The node did not see it through.
    record Broken(NodeFailure failure) implements Ending {}

    /// Nobody wanted the rest.
    record Abandoned() implements Ending {}
}
