package io.streamsync.protocol.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.Answers;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.Markets;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.record.RaceAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What holds for every draw, over random markets; and that chance is as fair as the weights say.
class DrawPropertiesTests {

    private static final Parameters PARAMETERS = Parameters.defaults();
    private static final SolanaMethod LOOKUP = Answers.method("getBalance");
    private static final List<SolanaMethod> METHODS = List.copyOf(SolanaMethods.all());

    @Test
    void neverDrawsTwoNodesOfOneOperatorNorMoreThanWasAskedFor() {
        for (var seed = 0; seed < 20_000; seed++) {
            var random = new Random(seed);
            var snapshot = Markets.any(seed % 200, random.nextInt(25));
            var terms = Terms.standard(1 + random.nextInt(5));
            var method = METHODS.get(random.nextInt(METHODS.size()));
            var field = Field.of(snapshot, PARAMETERS, QueryClass.LOOKUP, terms);
            var drawn = Draw.of(field, method, terms, PARAMETERS, new SeededNumbers(seed), sometimes(random));

            var groups = new HashSet<OperatorId>();
            assertThat(drawn.places())
                    .as("seed %d", seed)
                    .allMatch(placed -> groups.add(group(snapshot, placed)))
                    .isSortedAccordingTo((one, other) ->
                            Boolean.compare(!one.place().races(), !other.place().races()));
            assertThat(drawn.racing().size()).isLessThanOrEqualTo(terms.racers());
            assertThat(count(drawn, Place.CHECKING)).isBetween(drawn.checked() ? 1 : 0, drawn.checked() ? 2 : 0);
            assertThat(count(drawn, Place.SHADOW)).isBetween(0, drawn.checked() ? 1 : 0);
        }
    }

    private static int count(Drawn drawn, Place place) {
        return (int) drawn.places().stream()
                .filter(placed -> placed.place() == place)
                .count();
    }

    @Test
    void replaysFromTheSameSecretAddressAndRequest() {
        var secret = new byte[32];
        var request = new byte[32];
        for (var seed = 0; seed < 3_000; seed++) {
            var random = new Random(seed);
            random.nextBytes(secret);
            random.nextBytes(request);
            var address = new RaceAddress(random.nextInt(65_536), random.nextInt(65_536), random.nextLong() >>> 16);
            var snapshot = Markets.any(seed, random.nextInt(40));
            var unusable = new HashMap<String, SkipReason>();
            snapshot.nodes().forEach(node -> {
                if (random.nextInt(4) == 0) {
                    unusable.put(node.id().value(), SkipReason.CAPACITY);
                }
            });

            assertThat(replay(MarketSnapshot.parse(snapshot.canonical()), secret, address, request, unusable))
                    .as("seed %d", seed)
                    .isEqualTo(replay(snapshot, secret, address, request, unusable));
        }
    }

    private static Drawn replay(
            MarketSnapshot snapshot,
            byte[] secret,
            RaceAddress address,
            byte[] request,
            Map<String, SkipReason> unusable) {
        var terms = Terms.standard(3);
        return Draw.of(
                Field.of(snapshot, PARAMETERS, QueryClass.LOOKUP, terms),
                LOOKUP,
                terms,
                PARAMETERS,
                RaceRandomness.of(secret, address, request),
                (node, _, _) -> unusable.get(node.id().value()));
    }

    @Test
    void fillsTheFirstPlaceByTheWeights() {
        var snapshot = Markets.any(77, 25);
        var field = Field.of(snapshot, PARAMETERS, QueryClass.LOOKUP, Terms.standard(1));
        var ids = field.candidates().stream()
                .map(candidate -> candidate.node().id().value())
                .toList();
        var shares =
                field.candidates().stream().mapToDouble(Candidate::probability).toArray();

        var observed = observed(
                field,
                1,
                200_000,
                ids,
                drawn -> drawn.places().getFirst().node().id().value());

        assertThat(ids).hasSizeGreaterThan(8);
        assertThat(ChiSquare.of(observed, shares)).isLessThan(ChiSquare.limit(ids.size() - 1));
    }

    @Test
    void fillsTheSecondPlaceByTheWeightsThatAreLeft() {
        var market = new Markets();
        var prices = new long[] {3_000, 4_000, 4_000, 5_000, 8_000, 9_000};
        var ids = List.of("a", "b", "c", "d", "e", "f");
        for (var i = 0; i < prices.length; i++) {
            market.operator(ids.get(i), prices[i]);
        }
        var field = Field.of(market.snapshot(), PARAMETERS, QueryClass.LOOKUP, Terms.standard(2));
        var first =
                field.candidates().stream().mapToDouble(Candidate::probability).toArray();
        var second = new double[first.length];
        for (var i = 0; i < first.length; i++) {
            for (var j = 0; j < first.length; j++) {
                second[j] += i == j ? 0 : first[i] * first[j] / (1 - first[i]);
            }
        }

        var observed = observed(
                field,
                2,
                200_000,
                ids,
                drawn -> group(market.snapshot(), drawn.places().get(1)).value());

        assertThat(ChiSquare.of(observed, second)).isLessThan(ChiSquare.limit(ids.size() - 1));
    }

    @Test
    void drawsTheFirstCheckerByStake() {
        var stakes = new int[] {10_000, 20_000, 30_000, 50_000, 90_000};
        var ids = List.of("b", "c", "d", "e", "f");
        // the racer is one that costs nothing against the others, so that it always races
        var market = new Markets().operator("a", 10_000).node("a-1", "a", 4_000);
        for (var i = 0; i < stakes.length; i++) {
            market.operator(ids.get(i), stakes[i]).node(ids.get(i) + "-1", ids.get(i), 4_000);
        }
        var onlyA = new Terms(
                Preference.BALANCED,
                Terms.standard(1).maxPriceNano(),
                Terms.standard(1).maxLatencyMs(),
                1,
                0,
                false,
                List.of(new OperatorId("a")),
                List.of());
        var snapshot = market.snapshot();
        var field = Field.of(snapshot, PARAMETERS, QueryClass.LOOKUP, onlyA);
        var shares =
                IntStream.of(stakes).mapToDouble(stake -> stake / 200_000.0).toArray();

        var observed = observed(
                field,
                1,
                100_000,
                ids,
                drawn -> group(snapshot, drawn.places().get(1)).value());

        assertThat(ChiSquare.of(observed, shares)).isLessThan(ChiSquare.limit(ids.size() - 1));
    }

    @Test
    void neverRaisesAnOperatorsShareForMoreNodes() {
        var one = market(1);
        var fifty = market(50);

        assertThat(shareOf("a", fifty)).isEqualTo(shareOf("a", one));
    }

    @Test
    void neverRaisesTheShareOfOperatorsThatCountAsOne() {
        var market = new Markets();
        for (var i = 0; i < 30; i++) {
            market.operator("a" + i, "a0", 10_000).node("a-" + i, "a" + i, 4_000);
        }
        for (var id : List.of("b", "c", "d", "e")) {
            market.operator(id, 4_000L);
        }

        assertThat(shareOf("a0", market)).isEqualTo(shareOf("b", market));
    }

    @Test
    void neverLetsOneCheapNodeCarryDearOnes() {
        var honest = shareOf("a", market(1));
        var baited = shareOf("a", market(1).node("a-dear", "a", 16_000));

        assertThat(baited).isLessThan(honest);
    }

    private static Markets market(int nodesOfA) {
        var market = new Markets().operator("a", 10_000);
        for (var i = 0; i < nodesOfA; i++) {
            market.node("a-" + i, "a", 4_000);
        }
        for (var id : List.of("b", "c", "d", "e")) {
            market.operator(id, 4_000L);
        }
        return market;
    }

    private static double shareOf(String group, Markets market) {
        return Field.of(market.snapshot(), PARAMETERS, QueryClass.LOOKUP, Terms.standard(3)).candidates().stream()
                .filter(candidate -> candidate.countsAs().value().equals(group))
                .mapToDouble(Candidate::probability)
                .sum();
    }

    private static long[] observed(
            Field field, int racers, int draws, List<String> ids, Function<Drawn, String> which) {
        var observed = new long[ids.size()];
        var numbers = new SeededNumbers(2026);
        for (var i = 0; i < draws; i++) {
            var drawn = Draw.of(field, LOOKUP, Terms.standard(racers), PARAMETERS, numbers, Usability.ALL);
            observed[ids.indexOf(which.apply(drawn))]++;
        }
        return observed;
    }

    private static OperatorId group(MarketSnapshot snapshot, Placed placed) {
        return snapshot.operator(placed.node().operatorId()).countsAs();
    }

    private static Usability sometimes(Random random) {
        return (_, _, _) -> reason(random);
    }

    private static @Nullable SkipReason reason(Random random) {
        return random.nextInt(5) == 0 ? SkipReason.CAPACITY : null;
    }
}
