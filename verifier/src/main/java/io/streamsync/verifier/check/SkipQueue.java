package io.streamsync.verifier.check;

import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Skipped;
import io.streamsync.protocol.draw.Usability;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The skips of a record in the order of the draw: a drawn node that stands at the head was skipped, every other takes
/// its place (decision 7).
final class SkipQueue implements Usability {

    private final Deque<Skipped> left;
    private final List<Taken> taken = new ArrayList<>();

    SkipQueue(Collection<Skipped> skipped) {
        this.left = new ArrayDeque<>(skipped);
    }

    @Override
    public @Nullable SkipReason skips(ListedNode node, Ask ask, Place place) {
        var head = left.peek();
        if (head == null || !head.nodeId().equals(node.id())) {
            return null;
        }
        left.remove();
        taken.add(new Taken(head, ask, place));
        return head.reason();
    }

    /// Those that no draw explained.
    Collection<Skipped> left() {
        return left;
    }

    /// Those that were drawn, with the place that they were drawn for.
    List<Taken> taken() {
        return taken;
    }

    record Taken(Skipped skipped, Ask ask, Place place) {}
}
