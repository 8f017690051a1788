package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Drawn;
import io.streamsync.protocol.draw.Place;
import io.streamsync.protocol.draw.SkipReason;
import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedNode;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.router.market.MarketView;
import io.streamsync.router.market.Views;
import io.streamsync.router.node.Upstream;
import io.streamsync.router.node.Upstreams;
import io.streamsync.router.race.Usable.Needs;
import io.streamsync.router.tip.Tips;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsableTests {

    private static final QueryClass CLASS = QueryClass.LOOKUP;
    private static final Ask ASK = new Ask(1_000, 250, 2);
    private static final Needs NEEDS = new Needs(1_000, null, -1);
    private static final Drawn NOBODY = new Drawn(List.of(), List.of(), false, false);

    private final OperatorId operator = new OperatorId("o");
    private final ListedNode listed = new ListedNode(
            new NodeId("n"), operator, NodeState.ACTIVE, 990_000, Map.of(CLASS, new Offer(ASK, 990_000, 900_000)));
    private final Upstream node =
            new Upstreams().listed(listed.id(), "http://127.0.0.1:1", List.of("127.0.0.1"), Map.of());
    private final MarketView market = Views.of(
            MarketSnapshot.of(
                    "1",
                    List.of(new ListedOperator(operator, operator, 10_000_000_000_000L, 990_000, false)),
                    List.of(listed)),
            Map.of(listed.id(), node));
    private final Tips tips = new Tips(Parameters.defaults());

    @Test
    void skipsANodeWhoseCircuitIsOpen() {
        open();

        assertThat(skips(Usable.of(market, CLASS, tips, NEEDS), Place.RACING)).isEqualTo(SkipReason.CIRCUIT_OPEN);
    }

    @Test
    void racesItForWantOfAnyOtherAndSaysWhy() {
        open();
        var openly = Usable.openly(market, CLASS, tips, NEEDS);

        assertThat(skips(openly, Place.RACING)).isNull();
        assertThat(openly.told(NOBODY).despite()).containsExactly(SkipReason.CIRCUIT_OPEN);
    }

    @Test
    void checksWithNobodyThatItWouldSkip() {
        open();
        var openly = Usable.openly(market, CLASS, tips, NEEDS);

        assertThat(skips(openly, Place.CHECKING)).isEqualTo(SkipReason.CIRCUIT_OPEN);
        assertThat(openly.told(NOBODY).despite()).isEmpty();
    }

    @Test
    void floodsNobodyForWantOfOthers() {
        asked(2);
        var openly = Usable.openly(market, CLASS, tips, NEEDS);
        assertThat(skips(openly, Place.RACING)).isNull();
        assertThat(openly.told(NOBODY).despite()).containsExactly(SkipReason.CAPACITY);

        asked(2);
        assertThat(skips(openly, Place.RACING)).isEqualTo(SkipReason.CAPACITY);
    }

    @Test
    void makesNoExceptionFromPrices() {
        var poor = Usable.openly(market, CLASS, tips, new Needs(999, null, -1));

        assertThat(skips(poor, Place.RACING)).isEqualTo(SkipReason.CREDIT);
    }

    @Test
    void givesTrialsBackOfADrawThatComesToNothing() {
        open();
        node.probed(System.nanoTime());
        var first = Usable.of(market, CLASS, tips, NEEDS);
        assertThat(skips(first, Place.RACING)).isNull();
        assertThat(skips(Usable.of(market, CLASS, tips, NEEDS), Place.RACING)).isEqualTo(SkipReason.CIRCUIT_OPEN);

        first.giveBack();

        assertThat(skips(Usable.of(market, CLASS, tips, NEEDS), Place.RACING)).isNull();
    }

    private @Nullable SkipReason skips(Usable usable, Place place) {
        return usable.skips(listed, ASK, place);
    }

    /// For longer than any test takes.
    private void open() {
        var later = System.nanoTime() + Duration.ofHours(1).toNanos();
        for (var i = 0; i < 5; i++) {
            node.failed(later, later);
        }
    }

    private void asked(int times) {
        for (var i = 0; i < times; i++) {
            node.asked(CLASS);
        }
    }
}
