package io.streamsync.router.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.router.pages.Activity.Served;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConcentrationTests {

    private static final MarketSnapshot MARKET = MarketSnapshot.of(
            "1",
            List.of(operator("a", "a", 600), operator("b", "a", 200), operator("c", "c", 100), operator("d", "d", 100)),
            List.of());

    @Test
    void sharesTheRacesThatEachAnswered() {
        var served = List.of(new Served("a", 10), new Served("c", 40), new Served("d", 50));

        assertThat(Concentration.of(MARKET, served)).isEqualTo(new Concentration("answered", 0.5, 0.42, 2));
    }

    @Test
    void countsOperatorsThatAreOneAsOne() {
        var served = List.of(new Served("a", 30), new Served("b", 30), new Served("c", 40));

        assertThat(Concentration.of(MARKET, served)).isEqualTo(new Concentration("answered", 0.6, 0.52, 1));
    }

    @Test
    void countsAnOperatorThatIsGone() {
        var served = List.of(new Served("gone", 75), new Served("c", 25));

        assertThat(Concentration.of(MARKET, served)).isEqualTo(new Concentration("answered", 0.75, 0.625, 1));
    }

    @Test
    void sharesTheStakeWhileNothingWasAnswered() {
        var concentration = Concentration.of(MARKET, List.of(new Served("a", 0)));

        assertThat(concentration.of()).isEqualTo("stake");
        assertThat(concentration.largestShare()).isEqualTo(0.8);
        assertThat(concentration.nakamoto()).isEqualTo(1);
    }

    @Test
    void isNothingInAnEmptyMarket() {
        var empty = MarketSnapshot.of("1", List.of(), List.of());

        assertThat(Concentration.of(empty, List.of())).isEqualTo(new Concentration("stake", 0, 0, 0));
    }

    private static ListedOperator operator(String id, String countsAs, long stake) {
        return new ListedOperator(new OperatorId(id), new OperatorId(countsAs), stake, 900_000, false);
    }
}
