package io.streamsync.protocol.draw;

import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import org.jspecify.annotations.Nullable;

/// What only the router knows now: whether a drawn node can be used.
@FunctionalInterface
public interface Usability {

    /// Everything usable: for replay of races without skips, and for examples.
    Usability ALL = (_, _, _) -> null;

    /// @return why the node cannot take the place now, or null when it can
    @Nullable
    SkipReason skips(ListedNode node, Ask ask, Place place);
}
