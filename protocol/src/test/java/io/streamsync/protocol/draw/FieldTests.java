package io.streamsync.protocol.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.streamsync.protocol.market.Ask;
import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.Markets;
import io.streamsync.protocol.market.NodeState;
import io.streamsync.protocol.market.Offer;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.parameters.Parameters;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FieldTests {

    private static final Parameters PARAMETERS = Parameters.defaults();
    private static final Terms STANDARD = Terms.standard(3);

    @Test
    void weighsQualityByPrice() {
        var field = field(five().snapshot(), STANDARD);

        assertThat(weights(field))
                .isEqualTo(Map.of(
                        "a-1", 800_000L * 262_144,
                        "b-1", 800_000L * 65_536,
                        "c-1", 800_000L * 65_536,
                        "d-1", 800_000L * 65_536,
                        "e-1", 800_000L * 16_384));
        assertThat(field.candidates())
                .extracting(candidate -> candidate.node().id().value())
                .containsExactly("a-1", "b-1", "c-1", "d-1", "e-1");
        assertThat(field.candidates().getFirst().probability()).isCloseTo(4 / 7.25, within(1e-12));
    }

    @Test
    void isPureQualityForTheFastest() {
        var fastest = terms(Preference.FASTEST, OptionalLong.empty(), OptionalInt.empty(), List.of(), List.of());
        var field = field(Markets.any(9, 40), fastest);

        assertThat(field.candidates())
                .isNotEmpty()
                .allSatisfy(candidate -> assertThat(candidate.weight())
                        .isEqualTo(Math.max(
                                1,
                                65_536L
                                        * candidate
                                                .node()
                                                .offers()
                                                .getOrDefault(QueryClass.LOOKUP, Markets.offer(1))
                                                .quality())));
    }

    @Test
    void givesProbabilitiesThatSumToOne() {
        for (var seed = 0; seed < 30; seed++) {
            var field = field(Markets.any(seed, 20), STANDARD);

            assertThat(field.candidates().stream()
                            .mapToDouble(Candidate::probability)
                            .sum())
                    .isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void weighsTheMedianByStakeAndByTheLowestAskOfEach() {
        var market = five().operator("whale", 100_000).node("whale-1", "whale", 6_000);
        for (var i = 0; i < 100; i++) {
            market.node("a-cheap-" + i, "a", 1);
        }

        assertThat(field(five().snapshot(), STANDARD).medianAsk()).hasValue(4_000);
        assertThat(field(market.snapshot(), STANDARD).medianAsk()).hasValue(6_000);
    }

    @Test
    void ignoresProbationInTheMedianOnceFiveAreActive() {
        var market = five().operator("p", 500_000).onProbation("p-1", "p", 1);
        var young = new Markets()
                .operator("a", 4_000L)
                .operator("p", 500_000)
                .onProbation("p-1", "p", 1)
                .snapshot();

        assertThat(field(market.snapshot(), STANDARD).medianAsk()).hasValue(4_000);
        assertThat(field(young, STANDARD).medianAsk()).hasValue(1);
    }

    @Test
    void leavesOutWithAReason() {
        var snapshot = five().operator("dear", 21_000L)
                .operator("slow", 10_000)
                .node("slow-1", "slow", NodeState.ACTIVE, new Offer(new Ask(4_000, 51, 1), 1, 1))
                .operator("unwanted", 4_000L)
                .operator(operator("wrong", 899_999, false))
                .node("wrong-1", "wrong", 4_000)
                .operator(operator("flagged", 950_000, true))
                .node("flagged-1", "flagged", 4_000)
                .operator("new", 10_000)
                .onProbation("new-1", "new", 4_000)
                .snapshot();
        var field = field(
                snapshot,
                terms(
                        Preference.BALANCED,
                        OptionalLong.empty(),
                        OptionalInt.of(50),
                        List.of(),
                        List.of(new OperatorId("unwanted"))));

        assertThat(field.leftOut())
                .extracting(left -> left.nodeId().value() + " " + left.reason())
                .containsExactlyInAnyOrder(
                        "dear-1 PRICE",
                        "slow-1 LATENCY",
                        "unwanted-1 EXCLUDED",
                        "wrong-1 ACCURACY",
                        "flagged-1 FLAGGED",
                        "new-1 PROBATION");
        assertThat(field.candidates()).hasSize(5);
    }

    @Test
    void takesFiveTimesTheMedianAsTheCeilingOfWhoNamesNone() {
        var snapshot = five().operator("x", 20_000L).operator("y", 20_001L).snapshot();
        var generous = terms(Preference.BALANCED, OptionalLong.of(20_001), OptionalInt.empty(), List.of(), List.of());

        assertThat(weights(field(snapshot, STANDARD))).containsKey("x-1").doesNotContainKey("y-1");
        assertThat(weights(field(snapshot, generous))).containsKey("y-1");
        assertThat(field(snapshot, generous).dearestAsk()).hasValue(20_001);
        assertThat(field(snapshot, STANDARD).dearestAsk()).hasValue(20_000);
    }

    @Test
    void takesProbationLikeActiveWhileFewerThanFiveAreActive() {
        var young = new Markets()
                .operator("a", 4_000L)
                .operator(operator("new", 600_000, false))
                .onProbation("new-1", "new", 4_000)
                .operator(operator("bad", 599_999, false))
                .onProbation("bad-1", "bad", 4_000)
                .operator(operator("old", 700_000, false))
                .node("old-1", "old", 4_000);
        var grown = five().operator(operator("new", 600_000, false)).onProbation("new-1", "new", 4_000);

        assertThat(weights(field(young.snapshot(), STANDARD))).containsOnlyKeys("a-1", "new-1");
        assertThat(weights(field(grown.snapshot(), STANDARD))).doesNotContainKey("new-1");
        assertThat(field(grown.snapshot(), STANDARD).explorers().groupCount()).isEqualTo(1);
    }

    @Test
    void letsOnlyThoseExploreWhomTheTermsAllow() {
        var market = five().operator("cheap", 10_000)
                .onProbation("cheap-1", "cheap", 4_000)
                .operator("dear", 10_000)
                .onProbation("dear-1", "dear", 4_001)
                .operator(operator("wrong", 599_999, false))
                .onProbation("wrong-1", "wrong", 4_000)
                .operator(operator("flagged", 950_000, true))
                .onProbation("flagged-1", "flagged", 4_000);
        var without = terms(
                Preference.BALANCED,
                OptionalLong.empty(),
                OptionalInt.empty(),
                List.of(),
                List.of(new OperatorId("cheap")));

        assertThat(field(market.snapshot(), STANDARD).explorers().nodeCount()).isEqualTo(1);
        assertThat(field(market.snapshot(), without).explorers().nodeCount()).isZero();
    }

    @Test
    void isUnvotedWhenTheListsLeaveLessThanTwoThirdsOfTheStake() {
        var six = new Markets();
        for (var id : List.of("a", "b", "c", "d", "e", "f")) {
            six.operator(id, 4_000L);
        }
        var ids = List.of(new OperatorId("a"), new OperatorId("b"), new OperatorId("c"));

        assertThat(field(six.snapshot(), excluding(ids.subList(0, 2))).isUnvoted())
                .isFalse();
        assertThat(field(six.snapshot(), excluding(ids)).isUnvoted()).isTrue();
        assertThat(field(six.snapshot(), choosing(ids)).isUnvoted()).isTrue();
        assertThat(field(six.snapshot(), STANDARD).isUnvoted()).isFalse();
    }

    @Test
    void hasCheckersWhateverTheTerms() {
        var picky = terms(
                Preference.BALANCED, OptionalLong.of(1), OptionalInt.of(1), List.of(new OperatorId("a")), List.of());
        var field = field(five().snapshot(), picky);

        assertThat(field.isEmpty()).isTrue();
        assertThat(field.dearestAsk()).isEmpty();
        assertThat(field.checkers().groupCount()).isEqualTo(5);
        assertThat(field.cheapestAsk()).hasValue(2_000);
        assertThat(field.fastestGuaranteeMs()).hasValue(50);
        assertThat(field.medianAsk()).hasValue(4_000);
    }

    @Test
    void namesNoAskAsCheapestOfANodeThatMayNotRace() {
        var market = five().operator("new", 500_000)
                .onProbation("new-1", "new", 1)
                .operator(operator("wrong", 899_999, false))
                .node("wrong-1", "wrong", 2)
                .operator(operator("flagged", 950_000, true))
                .node("flagged-1", "flagged", 3);

        assertThat(field(market.snapshot(), STANDARD).cheapestAsk()).hasValue(2_000);
    }

    @Test
    void isEmptyWhereNobodySells() {
        var field = Field.of(five().snapshot(), PARAMETERS, QueryClass.ARCHIVE, STANDARD);

        assertThat(field.isEmpty()).isTrue();
        assertThat(field.medianAsk()).isEmpty();
        assertThat(field.cheapestAsk()).isEmpty();
        assertThat(field.fastestGuaranteeMs()).isEmpty();
        assertThat(field.leftOut()).isEmpty();
    }

    @Test
    void survivesTheRichest() {
        var market = new Markets();
        for (var i = 0; i < 3_000; i++) {
            var id = new OperatorId("o" + i);
            market.operator(new ListedOperator(id, id, Long.MAX_VALUE, 1_000_000, false))
                    .node("n" + i, "o" + i, Long.MAX_VALUE - i);
        }
        var field = field(market.snapshot(), STANDARD);

        assertThat(field.candidates()).hasSize(3_000).allMatch(candidate -> candidate.probability() > 0);
        assertThat(field.isUnvoted()).isFalse();
    }

    private static Markets five() {
        return new Markets()
                .operator("e", 8_000L)
                .operator("d", 4_000L)
                .operator("c", 4_000L)
                .operator("b", 4_000L)
                .operator("a", 2_000L);
    }

    private static ListedOperator operator(String id, int accuracy, boolean flagged) {
        return new ListedOperator(new OperatorId(id), new OperatorId(id), 10_000 * Markets.STRM, accuracy, flagged);
    }

    private static Field field(MarketSnapshot snapshot, Terms terms) {
        return Field.of(snapshot, PARAMETERS, QueryClass.LOOKUP, terms);
    }

    private static Terms excluding(List<OperatorId> operators) {
        return terms(Preference.BALANCED, OptionalLong.empty(), OptionalInt.empty(), List.of(), operators);
    }

    private static Terms choosing(List<OperatorId> operators) {
        return terms(Preference.BALANCED, OptionalLong.empty(), OptionalInt.empty(), operators, List.of());
    }

    private static Terms terms(
            Preference prefer,
            OptionalLong maxPrice,
            OptionalInt maxLatency,
            List<OperatorId> only,
            List<OperatorId> exclude) {
        return new Terms(prefer, maxPrice, maxLatency, 3, 0, false, only, exclude);
    }

    private static Map<String, Long> weights(Field field) {
        return field.candidates().stream()
                .collect(Collectors.toMap(candidate -> candidate.node().id().value(), Candidate::weight));
    }
}
