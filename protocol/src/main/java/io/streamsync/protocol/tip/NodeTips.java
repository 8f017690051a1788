package io.streamsync.protocol.tip;

import org.jspecify.annotations.Nullable;

/// What one node has told of the chain.
@FunctionalInterface
public interface NodeTips {

    /// @return null when it has told nothing at that commitment
    @Nullable
    Tip tip(Commitment commitment);
}
