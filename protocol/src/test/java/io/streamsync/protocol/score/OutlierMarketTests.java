package io.streamsync.protocol.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.score.SimulatedMarket.Player;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Who is flagged in simulated markets: nobody honest, however far behind and however often state changes, and liars
/// soon. Seeded: more than 100 000 honest races in all.
class OutlierMarketTests {

    private static final int RACES = 2_000;

    static Stream<Arguments> honestMarkets() {
        return Stream.of(3, 5, 8)
                .flatMap(operators -> Stream.of(0.0, 0.003, 0.01, 0.03, 0.1, 0.5, 0.9)
                        .map(changes -> Arguments.of(operators, changes)));
    }

    @ParameterizedTest
    @MethodSource("honestMarkets")
    void flagsNobodyWhoIsNowAndThenUpToThreeSlotsBehind(int operators, double changesPerSlot) {
        assertFlagsNobody(changesPerSlot, honest(operators, 0, 3));
    }

    @ParameterizedTest
    @MethodSource("honestMarkets")
    void flagsNobodyWhoIsAlwaysZeroToThreeSlotsBehind(int operators, double changesPerSlot) {
        assertFlagsNobody(changesPerSlot, honest(operators, 4, 0));
    }

    @ParameterizedTest
    @MethodSource("honestMarkets")
    void flagsNotTheOneThatIsBehindAndFast(int operators, double changesPerSlot) {
        var players = new ArrayList<>(honest(operators - 1, 0, 1));
        players.add(new Player("behind", 3, 0, 2, 0));

        assertFlagsNobody(changesPerSlot, players);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0", "1, 0, 0.02", "1, 1, 0.02", "1, 3, 0.02", // every answer altered
        "0.1, 0, 0", "0.1, 0, 0.02", "0.1, 1, 0.02", "0.1, 3, 0.02",
        "0.01, 0, 0", "0.01, 0, 0.02", "0.01, 1, 0.02", "0.01, 3, 0.02"
    })
    void contradictsOrFlagsWhoAltersWithin200AnswersThatItAlteredAndOthersChecked(
            double lies, int behind, double changesPerSlot) {
        var players = new ArrayList<>(honest(7, 0, 3));
        players.add(new Player("liar", behind, 0, 2, lies));
        var market = new SimulatedMarket(5, changesPerSlot, players);

        while (market.altered("liar") < 200
                && market.contradictions("liar") == 0
                && !market.flagged().contains("liar")) {
            market.run(10);
        }

        assertThat(market.flagged().contains("liar") || market.contradictions("liar") > 0)
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"5, 1, -2", "5, 1, 6", "8, 1, -2", "8, 0.1, -2", "8, 0.2, 6"})
    void flagsWhoHidesItsLiesAtSlotsThatNobodyElseIsAt(int operators, double lies, int behind) {
        var players = new ArrayList<>(honest(operators - 1, 0, 3));
        players.add(new Player("liar", behind, 0, 2, lies));
        var market = new SimulatedMarket(6, 0.001, players);

        while (market.altered("liar") < 200 && market.flagged().isEmpty()) {
            market.run(10);
        }

        assertThat(market.flagged()).containsExactly("liar");
        assertThat(market.contradictions("liar")).isZero();
    }

    @Test
    void flagsNobodyForHavingMetALiar() {
        var players = new ArrayList<>(honest(4, 0, 3));
        players.add(new Player("liar", 0, 3, 2, 0.3));
        var market = new SimulatedMarket(8, 0.01, players);

        market.run(20_000);

        assertThat(market.flagged()).containsExactly("liar");
    }

    private static void assertFlagsNobody(double changesPerSlot, List<Player> players) {
        var market = new SimulatedMarket(20_261_122, changesPerSlot, players);

        market.run(RACES);

        assertThat(market.flagged()).isEmpty();
    }

    /// @param lags how many different distances to the tip there are, 0 for none
    private static List<Player> honest(int operators, int lags, int jitter) {
        var random = new Random(operators);
        var players = new ArrayList<Player>();
        for (int n = 0; n < operators; n++) {
            players.add(new Player("honest" + n, lags == 0 ? 0 : n % lags, jitter, 2 * random.nextDouble(), 0));
        }
        return players;
    }
}
