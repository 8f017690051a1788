package io.streamsync.router.race;

import io.streamsync.protocol.draw.Drawn;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.draw.Usability;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.node.Upstream;
import io.streamsync.router.tip.Tips;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which nodes one draw can use. A node whose circuit lets one query try it is claimed by the draw that places it, and
/// given back when that draw comes to nothing.
final class Usable implements Usability {

    private final MarketView market;
    private final QueryClass queryClass;
    private final Tips tips;
    private final Needs needs;
    private final boolean open;
    private final long now = System.nanoTime();
    private final long millis = Tips.millis();
    private final List<Upstream> trials = new ArrayList<>();
    private final Set<SkipReason> despite = EnumSet.noneOf(SkipReason.class);

    private Usable(MarketView market, QueryClass queryClass, Tips tips, Needs needs, boolean open) {
        this.market = market;
        this.queryClass = queryClass;
        this.tips = tips;
        this.needs = needs;
        this.open = open;
    }

    /// @param credit that a racing place's ask must not exceed
    /// @param told the commitment of which answers tell a slot
    /// @param slot below which a node is not asked
    record Needs(long credit, @Nullable Commitment told, long slot) {}

    /// Nodes that answer and have room.
    static Usable of(MarketView market, QueryClass queryClass, Tips tips, Needs needs) {
        return new Usable(market, queryClass, tips, needs, false);
    }

    /// For want of any other to race also those whose circuit is open, or who have much in hand: nobody's health takes
    /// the last seller out of the market.
    static Usable openly(MarketView market, QueryClass queryClass, Tips tips, Needs needs) {
        return new Usable(market, queryClass, tips, needs, true);
    }

    @Override
    public @Nullable SkipReason skips(ListedNode node, Ask ask, Place place) {
        var reason = reasonAgainst(node, ask, place);
        if (reason == null && !market.upstream(node.id()).claim(now, trials::add)) {
            reason = SkipReason.CIRCUIT_OPEN;
        }
        if (reason != null && open && place.races() && isPassedOver(reason, node, ask)) {
            despite.add(reason);
            return null;
        }
        return reason;
    }

    /// Why the node could not take the place; null when it can. Looking changes nothing.
    @Nullable
    SkipReason reasonAgainst(ListedNode node, Ask ask, Place place) {
        if (place.races() && ask.priceNano() > needs.credit) {
            return SkipReason.CREDIT;
        }
        var upstream = market.upstream(node.id());
        return needs.told != null && needs.slot > 0 && tips.isBelow(upstream, needs.told, needs.slot, millis)
                ? SkipReason.BEHIND
                : upstream.unusable(queryClass, ask.capacity(), now);
    }

    private boolean isPassedOver(SkipReason reason, ListedNode node, Ask ask) {
        return switch (reason) {
            case CIRCUIT_OPEN -> true;
            case CAPACITY -> !market.upstream(node.id()).isOverdrawn(queryClass, ask.capacity());
            case BEHIND, CREDIT -> false;
        };
    }

    /// The draw, with the reasons in spite of which it placed somebody.
    Drawn told(Drawn drawn) {
        return despite.isEmpty() ? drawn : drawn.despite(despite);
    }

    /// The draw comes to nothing.
    void giveBack() {
        trials.forEach(node -> node.unclaim(now));
    }
}
