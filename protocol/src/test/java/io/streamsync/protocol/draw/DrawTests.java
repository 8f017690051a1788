package io.streamsync.protocol.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.Answers;
import io.streamsync.protocol.draw.RandomNumbers.Label;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.Markets;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethod.Delivery;
import io.streamsync.protocol.parameters.Parameters;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The draw by examples of the protocol's words, with scripted numbers.
class DrawTests {

    private static final Parameters PARAMETERS = Parameters.defaults();
    private static final SolanaMethod LOOKUP = Answers.method("getAccountInfo");

    @Test
    void letsThreeRaceAndTwoCheck() {
        var numbers = new ScriptedNumbers().say(Label.RACE, 0, 0, 0).say(Label.CHECK, 0, 0.99, 0);

        var drawn = draw(market(6), 3, numbers);

        assertThat(places(drawn))
                .containsExactly("a-1 RACING", "b-1 RACING", "c-1 RACING", "f-1 CHECKING", "d-1 CHECKING");
        assertThat(drawn.checked()).isTrue();
        assertThat(drawn.unvoted()).isFalse();
        assertThat(drawn.skipped()).isEmpty();
        assertThat(drawn.racing()).hasSize(3);
        assertThat(numbers.isUsedUp()).isTrue();
    }

    @Test
    void asksOneFlaggedOperatorOfACheckedRaceAsShadow() {
        var numbers = new ScriptedNumbers()
                .say(Label.RACE, 0, 0, 0)
                .say(Label.CHECK, 0, 0)
                .say(Label.SHADOW, 0.99, 0);

        var drawn = draw(flagged(5), 3, numbers);

        assertThat(places(drawn))
                .containsExactly(
                        "a-1 RACING", "b-1 RACING", "c-1 RACING", "d-1 CHECKING", "e-1 CHECKING", "y-1 SHADOW");
        assertThat(numbers.isUsedUp()).isTrue();
    }

    @Test
    void asksNoShadowWhereNobodyChecksNorASecondTime() {
        var terms = Terms.standard(3);
        var field = Field.of(flagged(8), PARAMETERS, QueryClass.LOOKUP, terms);
        var health = Answers.method("getHealth");

        assertThat(Draw.of(field, health, terms, PARAMETERS, new SeededNumbers(1), Usability.ALL)
                        .places())
                .noneMatch(placed -> placed.place() == Place.SHADOW);
        assertThat(Draw.again(field, LOOKUP, terms, PARAMETERS, new SeededNumbers(1), Usability.ALL, Set.of())
                        .places())
                .noneMatch(placed -> placed.place() == Place.SHADOW);
    }

    @Test
    void skipsAShadowThatCannotBeUsed() {
        var numbers = new ScriptedNumbers()
                .say(Label.RACE, 0, 0, 0)
                .say(Label.CHECK, 0, 0)
                .say(Label.SHADOW, 0, 0);
        Usability usability = (node, _, _) -> node.id().value().equals("x-1") ? SkipReason.CAPACITY : null;

        var drawn = draw(flagged(5), 3, PARAMETERS, LOOKUP, numbers, usability);

        assertThat(places(drawn).getLast()).isEqualTo("x-2 SHADOW");
        assertThat(drawn.skipped())
                .extracting(skipped -> skipped.nodeId().value())
                .containsExactly("x-1");
    }

    /// Two flagged operators, dear and inaccurate, beside so many others.
    private static MarketSnapshot flagged(int operators) {
        var market = new Markets();
        for (var i = 0; i < operators; i++) {
            market.operator(String.valueOf((char) ('a' + i)), 4_000L);
        }
        for (var name : List.of("x", "y")) {
            var id = new OperatorId(name);
            market.operator(new ListedOperator(id, id, 10_000 * Markets.STRM, 100_000, true))
                    .node(name + "-1", name, 90_000)
                    .onProbation(name + "-2", name, 90_000);
        }
        return market.snapshot();
    }

    @Test
    void ordersSubmissionsEquallyOften() {
        var random = new SeededNumbers(4);
        var counts = new HashMap<String, Integer>();

        for (var i = 0; i < 6_000; i++) {
            counts.merge(Arrays.toString(Draw.submitOrder(3, random)), 1, Integer::sum);
        }

        assertThat(counts).hasSize(6).allSatisfy((_, count) -> assertThat(count).isBetween(850, 1150));
        assertThat(Draw.submitOrder(1, new ScriptedNumbers())).containsExactly(0);
    }

    @Test
    void leavesOutOfALaterDrawWhoWasAskedBefore() {
        var terms = Terms.standard(3);
        var field = Field.of(market(8), PARAMETERS, QueryClass.LOOKUP, terms);
        var random = new SeededNumbers(1);
        var first = Draw.of(field, LOOKUP, terms, PARAMETERS, random, Usability.ALL);
        var asked = first.places().stream()
                .map(placed -> placed.node().operatorId())
                .collect(Collectors.toSet());

        var second = Draw.again(field, LOOKUP, terms, PARAMETERS, random, Usability.ALL, asked);

        assertThat(second.places())
                .hasSize(3)
                .noneMatch(placed -> asked.contains(placed.node().operatorId()));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "2, 1, 1", "3, 2, 1", "4, 2, 2", "5, 3, 2", "6, 3, 2"})
    void letsHalfOfAFewOperatorsCheck(int operators, int racing, int checking) {
        var drawn = draw(market(operators), 3, new SeededNumbers(1));

        assertThat(drawn.racing()).hasSize(racing);
        assertThat(drawn.places()).hasSize(racing + checking);
        assertThat(drawn.checked()).isEqualTo(checking > 0);
    }

    @ParameterizedTest
    @CsvSource({"4, 5, 4", "4, 2, 2", "9, 5, 5", "1, 3, 1"})
    void letsAllRaceWhereNobodyChecks(int operators, int racers, int racing) {
        var unchecked = PARAMETERS.with(Map.of("checkingPlaces", 0));

        assertThat(draw(market(operators), racers, unchecked, LOOKUP, new SeededNumbers(1), Usability.ALL)
                        .places())
                .hasSize(racing)
                .allMatch(placed -> placed.place() == Place.RACING);
    }

    @Test
    void countsStagedRacersAsRacers() {
        var terms = new Terms(
                Preference.BALANCED,
                Terms.standard(1).maxPriceNano(),
                Terms.standard(1).maxLatencyMs(),
                1,
                2,
                false,
                List.of(),
                List.of());
        var field = Field.of(market(8), PARAMETERS, QueryClass.LOOKUP, terms);

        assertThat(Draw.of(field, LOOKUP, terms, PARAMETERS, new SeededNumbers(1), Usability.ALL)
                        .racing())
                .hasSize(3);
    }

    @Test
    void goesOnWithTheGroupsOtherNodesAndThenWithOtherGroupsWhenANodeCannotBeUsed() {
        var snapshot = new Markets()
                .operator("a", 4_000L)
                .node("a-2", "a", 4_000)
                .node("a-3", "a", 4_000)
                .operator("b", 4_000L)
                .operator("c", 4_000L)
                .operator("d", 4_000L)
                .operator("e", 4_000L)
                .snapshot();
        var unusable = Map.of(
                "a-1", SkipReason.CIRCUIT_OPEN,
                "a-2", SkipReason.CAPACITY,
                "a-3", SkipReason.CREDIT,
                "b-1", SkipReason.BEHIND);
        var numbers = new ScriptedNumbers()
                .say(Label.RACE, 0, 0, 0)
                .say(Label.NODE, 0.4, 0)
                .say(Label.CHECK, 0, 0, 0, 0);

        var drawn = draw(
                snapshot,
                1,
                PARAMETERS,
                LOOKUP,
                numbers,
                (node, _, place) ->
                        place == Place.CHECKING ? null : unusable.get(node.id().value()));

        assertThat(drawn.skipped())
                .extracting(skipped -> skipped.nodeId() + " " + skipped.reason())
                .containsExactly("a-2 CAPACITY", "a-1 CIRCUIT_OPEN", "a-3 CREDIT", "b-1 BEHIND");
        assertThat(places(drawn).getFirst()).isEqualTo("c-1 RACING");
    }

    @Test
    void namesEverybodyWhenNobodyCanBeUsed() {
        var drawn = draw(market(200), 3, PARAMETERS, LOOKUP, new SeededNumbers(1), (_, _, _) -> SkipReason.BEHIND);

        assertThat(drawn.places()).isEmpty();
        assertThat(drawn.checked()).isFalse();
        assertThat(drawn.skipped()).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void checksWithTheProbabilityOfTheLowestAskOverTheMedian() {
        var cheap = new Markets()
                .operator("a", 1_000L)
                .operator("b", 4_000L)
                .operator("c", 4_000L)
                .operator("d", 4_000L)
                .operator("e", 4_000L)
                .snapshot();
        var justChecked = new ScriptedNumbers().say(Label.RACE, 0).say(Label.CHECK, 0.2499, 0, 0);
        var justNot = new ScriptedNumbers().say(Label.RACE, 0).say(Label.CHECK, 0.25);

        assertThat(draw(cheap, 1, justChecked).checked()).isTrue();
        assertThat(draw(cheap, 1, justNot).checked()).isFalse();
        assertThat(justNot.isUsedUp()).isTrue();
    }

    @Test
    void drawsCheckersByStakeAndTheirNodesEqually() {
        var snapshot = new Markets()
                .operator("a", 4_000L)
                .operator("b", 30_000)
                .node("b-1", "b", 4_000)
                .node("b-2", "b", 4_000)
                .operator("c", 4_000L)
                .operator("d", 4_000L)
                .operator("e", 4_000L)
                .snapshot();
        // b holds three of the six shares that do not race
        var numbers = new ScriptedNumbers().say(Label.RACE, 0).say(Label.CHECK, 0, 0.49, 0.5, 0.4);

        assertThat(places(draw(snapshot, 1, numbers))).containsExactly("a-1 RACING", "b-2 CHECKING", "d-1 CHECKING");
    }

    @Test
    void letsANewcomerTakeTheLastRacingPlace() {
        var numbers = new ScriptedNumbers()
                .say(Label.EXPLORE, 0.0999, 0.5, 0)
                .say(Label.RACE, 0, 0)
                .say(Label.CHECK, 0, 0, 0);

        assertThat(places(draw(withNewcomers(), 3, numbers)))
                .containsExactly("a-1 RACING", "b-1 RACING", "q-1 EXPLORING", "c-1 CHECKING", "d-1 CHECKING");
        assertThat(numbers.isUsedUp()).isTrue();
    }

    @Test
    void seldomLetsANewcomerRace() {
        var numbers = new ScriptedNumbers()
                .say(Label.EXPLORE, 0.1)
                .say(Label.RACE, 0, 0, 0)
                .say(Label.CHECK, 0, 0);

        assertThat(draw(withNewcomers(), 3, numbers).racing()).allMatch(placed -> placed.place() == Place.RACING);
    }

    @Test
    void givesTheLastPlaceBackWhenNoNewcomerCanBeUsed() {
        var numbers = new ScriptedNumbers()
                .say(Label.EXPLORE, 0, 0, 0)
                .say(Label.RACE, 0, 0, 0)
                .say(Label.CHECK, 0, 0);

        var drawn = draw(
                withNewcomers(),
                3,
                PARAMETERS,
                LOOKUP,
                numbers,
                (_, _, place) -> place == Place.EXPLORING ? SkipReason.CAPACITY : null);

        assertThat(places(drawn).subList(0, 3)).containsExactly("a-1 RACING", "b-1 RACING", "c-1 RACING");
        assertThat(drawn.skipped()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sendTransaction", "requestAirdrop"})
    void neverExploresNorChecksWrites(String name) {
        var numbers = new ScriptedNumbers().say(Label.RACE, 0, 0, 0);
        var method = Answers.method(name);

        var drawn = draw(withNewcomers(), 3, PARAMETERS, method, numbers, Usability.ALL);

        assertThat(drawn.places())
                .hasSize(method.delivery() == Delivery.ONE ? 1 : 3)
                .allMatch(placed -> placed.place() == Place.RACING);
        assertThat(drawn.checked()).isFalse();
    }

    @Test
    void neverChecksANodesOwnView() {
        var numbers = new ScriptedNumbers().say(Label.RACE, 0, 0, 0);

        assertThat(draw(market(6), 3, PARAMETERS, Answers.method("getHealth"), numbers, Usability.ALL)
                        .checked())
                .isFalse();
    }

    @Test
    void neverExploresWithOneRacingPlace() {
        var numbers = new ScriptedNumbers().say(Label.RACE, 0).say(Label.CHECK, 0, 0, 0);

        assertThat(places(draw(withNewcomers(), 1, numbers)).getFirst()).isEqualTo("a-1 RACING");
    }

    @Test
    void asksNobodyWhereNobodyIsCapable() {
        var drawn = draw(new Markets().snapshot(), 3, new ScriptedNumbers());

        assertThat(drawn).isEqualTo(new Drawn(List.of(), List.of(), false, false));
    }

    @Test
    void takesOperatorsThatCountAsOneForOne() {
        var market = new Markets();
        for (var i = 0; i < 9; i++) {
            market.operator("sybil-" + i, "sybil-0", 10_000).node("sybil-node-" + i, "sybil-" + i, 4_000);
        }
        var drawn = draw(market.snapshot(), 3, new SeededNumbers(1));

        assertThat(drawn.places()).hasSize(1);
    }

    private static MarketSnapshot market(int operators) {
        var market = new Markets();
        for (var i = 0; i < operators; i++) {
            market.operator(operators > 26 ? "operator-" + i : String.valueOf((char) ('a' + i)), 4_000L);
        }
        return market.snapshot();
    }

    private static MarketSnapshot withNewcomers() {
        var market = new Markets();
        for (var id : List.of("a", "b", "c", "d", "e")) {
            market.operator(id, 4_000L);
        }
        return market.operator("p", 10_000)
                .onProbation("p-1", "p", 4_000)
                .operator("q", 10_000)
                .onProbation("q-1", "q", 4_000)
                .onProbation("q-2", "q", 4_000)
                .snapshot();
    }

    private static Drawn draw(MarketSnapshot snapshot, int racers, RandomNumbers numbers) {
        return draw(snapshot, racers, PARAMETERS, LOOKUP, numbers, Usability.ALL);
    }

    private static Drawn draw(
            MarketSnapshot snapshot,
            int racers,
            Parameters parameters,
            SolanaMethod method,
            RandomNumbers numbers,
            Usability usability) {
        var terms = Terms.standard(racers);
        var field = Field.of(snapshot, parameters, QueryClass.LOOKUP, terms);
        var drawn = Draw.of(field, method, terms, parameters, numbers, usability);
        assertThat(Set.copyOf(drawn.places())).hasSameSizeAs(drawn.places());
        return drawn;
    }

    private static List<String> places(Drawn drawn) {
        return drawn.places().stream()
                .map(placed -> placed.node().id() + " " + placed.place())
                .toList();
    }
}
