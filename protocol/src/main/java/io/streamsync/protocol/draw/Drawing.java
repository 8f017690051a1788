package io.streamsync.protocol.draw;

import io.streamsync.protocol.draw.RandomNumbers.Label;
import io.streamsync.protocol.market.OperatorId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One draw on its way: which groups hold a place already, who was skipped.
final class Drawing {

    private final RandomNumbers random;
    private final Usability usability;
    private final List<OperatorId> taken;
    private final List<Placed> places = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    /// @param asked groups that were asked before
    Drawing(RandomNumbers random, Usability usability, Collection<OperatorId> asked) {
        this.random = random;
        this.usability = usability;
        this.taken = new ArrayList<>(asked);
    }

    List<Placed> places() {
        return places;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    /// All groups that hold no place yet: never two nodes of one operator in a race.
    Remaining others(Entrants entrants) {
        var groups = entrants.allGroups();
        for (var group : taken) {
            var index = entrants.indexOf(group);
            if (index >= 0) {
                groups.without(index);
            }
        }
        return groups;
    }

    /// Fills up to `count` places from the groups given, which are fewer afterwards.
    void fill(int count, Entrants entrants, Remaining groups, Label groupLabel, Label nodeLabel, Place place) {
        for (var left = count; left > 0 && !groups.isEmpty(); ) {
            var group = groups.take(random, groupLabel);
            var placed = nodeOf(group, entrants, nodeLabel, place);
            if (placed != null) {
                taken.add(entrants.group(group));
                places.add(placed);
                left--;
            }
        }
    }

    private @Nullable Placed nodeOf(int group, Entrants entrants, Label label, Place place) {
        var nodes = entrants.nodesOf(group);
        while (!nodes.isEmpty()) {
            var seller = entrants.node(nodes.take(random, label));
            var reason = usability.skips(seller.node(), seller.ask(), place);
            if (reason == null) {
                return new Placed(seller.node(), seller.ask(), place);
            }
            skipped.add(new Skipped(seller.node().id(), seller.operator().id(), reason));
        }
        return null;
    }
}
