package io.streamsync.protocol.tip;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.parameters.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReachTests {

    private static final Parameters PARAMETERS = Parameters.defaults();
    private static final long NOW = 1_000_000;
    private static final long SLOT = PARAMETERS.slotTime().toMillis();
    private static final long ROUND = PARAMETERS.probeInterval().toMillis();

    @Test
    void takesTheSecondHighestOperatorsTip() {
        var reach = reach(node(Commitment.PROCESSED, 900), node(Commitment.PROCESSED, 100), processed(105));

        assertThat(reach.lowest(Commitment.PROCESSED)).isEqualTo(105 - 8);
        assertThat(reach.highest(Commitment.PROCESSED, NOW)).isEqualTo(105 + 4 + 2);
    }

    @Test
    void countsAnOperatorOnceHoweverManyNodesItHas() {
        var reach = Reach.of(
                List.of(
                        List.of(processed(900), processed(901), processed(902)),
                        List.of(processed(100)),
                        List.of(processed(99))),
                NOW,
                PARAMETERS);

        assertThat(reach.highest(Commitment.PROCESSED, NOW)).isEqualTo(106);
    }

    @Test
    void knowsNoBoundInAFreshMarket() {
        assertThat(reach().lowest(Commitment.PROCESSED)).isEqualTo(Long.MIN_VALUE);
        assertThat(reach(processed(100)).lowest(Commitment.PROCESSED)).isEqualTo(Long.MIN_VALUE);
        assertThat(reach(processed(100)).highest(Commitment.PROCESSED, NOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(Reach.UNKNOWN.highest(Commitment.FINALIZED, NOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(Reach.UNKNOWN.lowest(Commitment.FINALIZED)).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void setsNoUpperBoundByTheFewWhoHappenToBeKnownFirst() {
        var silent = new Node(Map.of());

        var reach = reach(processed(50), processed(50), silent, silent, silent);

        assertThat(reach.highest(Commitment.PROCESSED, NOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(reach.lowest(Commitment.PROCESSED)).isEqualTo(42);
    }

    @Test
    void letsTheUpperBoundRiseAsSlotsGoByAndTheLowerOneStay() {
        var quiet = NOW + 2 * ROUND;
        var reach = reach(quiet, processed(100), processed(100));

        assertThat(reach.lowest(Commitment.PROCESSED)).isEqualTo(92);
        assertThat(reach.highest(Commitment.PROCESSED, quiet)).isEqualTo(100 + 2 * ROUND / SLOT + 4 + 2);
        assertThat(reach.highest(Commitment.PROCESSED, quiet + 1)).isEqualTo(100 + 2 * ROUND / SLOT + 1 + 4 + 2);
    }

    @Test
    void forgetsOldTipsAboveAndNeverBelow() {
        var reach = reach(NOW + 3 * ROUND + 1, processed(100), processed(100));

        assertThat(reach.highest(Commitment.PROCESSED, NOW)).isEqualTo(Long.MAX_VALUE);
        assertThat(reach.lowest(Commitment.PROCESSED)).isEqualTo(92);
    }

    @Test
    void boundsACommitmentOfWhichNothingIsKnownByTheOthers() {
        var reach = reach(
                new Node(Map.of(
                        Commitment.PROCESSED, new Tip(200, NOW, NOW), Commitment.FINALIZED, new Tip(168, NOW, NOW))),
                new Node(Map.of(
                        Commitment.PROCESSED, new Tip(200, NOW, NOW), Commitment.FINALIZED, new Tip(168, NOW, NOW))));

        assertThat(reach.lowest(Commitment.CONFIRMED)).isEqualTo(160);
        assertThat(reach.highest(Commitment.CONFIRMED, NOW)).isEqualTo(206);
        assertThat(reach.highest(Commitment.FINALIZED, NOW)).isEqualTo(174);
        assertThat(reach.lowest(null)).isEqualTo(Long.MIN_VALUE);
        assertThat(reach.highest(null, NOW)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void keepsASlotThatNoChainReachesWithinItsNumbers() {
        var reach = reach(
                processed(Long.MAX_VALUE), node(Commitment.PROCESSED, Long.MAX_VALUE), node(Commitment.PROCESSED, 5));

        assertThat(reach.highest(Commitment.PROCESSED, NOW)).isPositive();
        assertThat(reach.lowest(Commitment.PROCESSED)).isPositive();
    }

    /// A chain that skips slots, in a quiet or a busy market, seen through nodes of up to two slots' delay: whatever
    /// they say when asked is plausible.
    @Test
    void neverFailsAnHonestNode() {
        var random = new Random(11);
        for (var market = 0; market < 300; market++) {
            var chain = new Chain(random);
            var nodes = IntStream.range(0, 2 + random.nextInt(6))
                    .mapToObj(_ -> new Observed(random.nextInt(800)))
                    .toList();
            var pause = 1 + random.nextInt(20_000);
            for (var now = NOW; now < NOW + 600_000; now += 1 + random.nextInt(pause)) {
                var asked = now;
                var before = Reach.of(nodes.stream().map(List::of).toList(), asked, PARAMETERS);
                var arrived = asked + random.nextInt(500);
                var node = nodes.get(random.nextInt(nodes.size()));
                var slot = chain.at(asked + random.nextInt((int) (arrived - asked) + 1) - node.delay);
                var after = Reach.of(nodes.stream().map(List::of).toList(), arrived, PARAMETERS);

                assertThat(slot)
                        .isBetween(before.lowest(Commitment.PROCESSED), after.highest(Commitment.PROCESSED, arrived));
                node.tip = Tip.after(node.tip, slot, asked, ROUND);
                now = arrived;
            }
        }
    }

    @Test
    void takesNoTipThatOnlyOneOperatorTells() {
        var reach = reach(processed(105), processed(100), processed(99));

        assertThat(reach.tip(Commitment.PROCESSED, NOW)).isEqualTo(100);
        assertThat(reach.tip(Commitment.PROCESSED, NOW + 1)).isEqualTo(101);
        assertThat(reach.tip(Commitment.PROCESSED, NOW + SLOT + 1)).isEqualTo(102);
        assertThat(reach(processed(100)).tip(Commitment.PROCESSED, NOW)).isEqualTo(Long.MAX_VALUE);
    }

    /// Reads go on from an honest answer's slot as far as that is not ahead of the tip. In a busy market there
    /// is almost never a block between the two: whoever has reached the one has reached the other.
    @Test
    void isBehindNoHonestAnswerByABlock() {
        var random = new Random(12);
        var told = 0;
        var cut = 0;
        for (var market = 0; market < 50; market++) {
            var chain = new Chain(random);
            var nodes = IntStream.range(0, 3 + random.nextInt(6))
                    .mapToObj(_ -> new Observed(random.nextInt(300)))
                    .toList();
            for (var now = NOW; now < NOW + 200_000; now += 1 + random.nextInt(100)) {
                var node = nodes.get(random.nextInt(nodes.size()));
                var slot = chain.at(now - node.delay);
                var arrived = now + 1 + random.nextInt(50);
                var reach = Reach.of(nodes.stream().map(List::of).toList(), arrived, PARAMETERS);

                told++;
                if (chain.before(slot) >= Math.min(slot, reach.tip(Commitment.PROCESSED, arrived))) {
                    cut++;
                }
                node.tip = Tip.after(node.tip, slot, now, ROUND);
                now = arrived;
            }
        }
        assertThat(told).isGreaterThan(50_000);
        assertThat(cut).isLessThan(told / 5_000);
    }

    private static Reach reach(Node... nodes) {
        return reach(NOW, nodes);
    }

    private static Reach reach(long now, Node... nodes) {
        return Reach.of(List.of(nodes).stream().map(List::of).toList(), now, PARAMETERS);
    }

    private static Node processed(long slot) {
        return node(Commitment.PROCESSED, slot);
    }

    private static Node node(Commitment commitment, long slot) {
        return new Node(Map.of(commitment, new Tip(slot, NOW, NOW)));
    }

    private record Node(Map<Commitment, Tip> tips) implements NodeTips {

        @Override
        public @Nullable Tip tip(Commitment commitment) {
            return tips.get(commitment);
        }
    }

    /// What is known of a node that says how far the chain was some ms ago.
    private static final class Observed implements NodeTips {

        private final int delay;
        private @Nullable Tip tip;

        Observed(int delay) {
            this.delay = delay;
        }

        @Override
        public @Nullable Tip tip(Commitment commitment) {
            return commitment == Commitment.PROCESSED ? tip : null;
        }
    }

    /// Slots of 400 ms; now and then a leader skips its four, never two in a row.
    private static final class Chain {

        private final boolean[] skipped = new boolean[5_000];

        Chain(Random random) {
            for (var leader = 1; leader < skipped.length / 4; leader++) {
                var skips = !skipped[4 * leader - 1] && random.nextInt(20) == 0;
                for (var i = 0; i < 4; i++) {
                    skipped[4 * leader + i] = skips;
                }
            }
        }

        long before(long slot) {
            return at((slot - 1) * SLOT);
        }

        long at(long millis) {
            var slot = (int) (millis / SLOT);
            while (skipped[slot]) {
                slot--;
            }
            return slot;
        }
    }
}
