package io.streamsync.protocol.tip;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.parameters.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PaceTests {

    private static final Parameters PARAMETERS = Parameters.defaults();
    private static final long SLOT = PARAMETERS.slotTime().toMillis();
    private static final long ROUND = PARAMETERS.probeInterval().toMillis();
    private static final long NOW = 1_000_000;

    @Test
    void knowsThatWhoeverToldTheSlotBeforeSkippedOnesIsABlockBehind() {
        var pace = pace(tip(100, NOW), tip(100, NOW)).next(tips(tip(105, NOW + 100), tip(105, NOW + 150)), AT, SLOT);

        assertThat(pace.reachable(tip(100, NOW + 50), NOW + 60, SLOT)).isEqualTo(105);
        assertThat(pace.reachable(tip(99, NOW + 50), NOW + 60, SLOT)).isEqualTo(100);
        assertThat(pace.reachable(tip(97, NOW + 50), NOW + 460, SLOT)).isEqualTo(99);
        assertThat(pace.reachable(tip(105, NOW + 150), NOW + 160, SLOT)).isEqualTo(106);
    }

    @Test
    void takesNoPauseOfItsOwnForALeap() {
        var pace = pace(tip(100, NOW), tip(100, NOW))
                .next(tips(tip(105, NOW + 5 * SLOT), tip(105, NOW + 5 * SLOT)), AT, SLOT);

        assertThat(pace.leaps()).isEmpty();
    }

    @Test
    void takesNoSinglesWordForALeap() {
        var pace = pace(tip(100, NOW), tip(100, NOW)).next(tips(tip(105, NOW + 100), tip(100, NOW + 100)), AT, SLOT);

        assertThat(pace.leaps()).isEmpty();
        assertThat(Pace.UNKNOWN.next(tips(tip(105, NOW)), AT, SLOT).leaps()).isEmpty();
    }

    /// A busy market whose leaders skip their slots now and then: in how many draws a node is taken for
    /// one behind what a session has seen. Whoever is skipped is not asked and tells nothing.
    @Test
    void skipsFewHonestNodesAndLaggingOnesAsBefore() {
        assertThat(skips(400, true)).isLessThan(skips(400, false) / 2);
        assertThat(skips(2_000, true)).isGreaterThan(skips(2_000, false) * 8 / 10);
    }

    private static int skips(int delay, boolean withLeaps) {
        var random = new Random(7);
        var skips = 0;
        for (var market = 0; market < 20; market++) {
            var chain = new SkippingChain(random);
            // whoever is measured is one of eight; the others are up to a slot apart
            var nodes = IntStream.range(0, 8)
                    .mapToObj(i -> new Observed(i == 0 ? delay - 1 - random.nextInt(300) : random.nextInt(400)))
                    .toList();
            var measured = nodes.getFirst();
            var operators = nodes.stream().map(List::of).toList();
            var pace = Pace.UNKNOWN;
            var looked = NOW;
            for (var now = NOW; now < NOW + 120_000; now += 1 + random.nextInt(40)) {
                if (withLeaps && now - looked >= 100) {
                    pace = pace.next(operators, AT, SLOT);
                    looked = now;
                }
                var tip = measured.tip;
                var isBehind = tip != null && pace.reachable(tip, now, SLOT) < secondHighest(nodes);
                skips += isBehind ? 1 : 0;
                var node = nodes.get(random.nextInt(nodes.size()));
                if (!node.equals(measured) || !isBehind) {
                    node.tip = Tip.after(node.tip, chain.at(now - node.delay), now, ROUND);
                }
            }
        }
        return skips;
    }

    private static long secondHighest(List<Observed> nodes) {
        var slots = new ArrayList<Long>();
        nodes.forEach(node -> slots.add(node.tip == null ? -1 : node.tip.slot()));
        slots.sort(null);
        return slots.get(slots.size() - 2);
    }

    private static final Commitment AT = Commitment.PROCESSED;

    private static Pace pace(Tip... tips) {
        return Pace.UNKNOWN.next(tips(tips), AT, SLOT);
    }

    private static List<List<NodeTips>> tips(Tip... tips) {
        return List.of(tips).stream().map(tip -> List.<NodeTips>of(_ -> tip)).toList();
    }

    private static Tip tip(long slot, long at) {
        return new Tip(slot, at, at);
    }

    private static final class Observed implements NodeTips {

        private final int delay;
        private @Nullable Tip tip;

        Observed(int delay) {
            this.delay = delay;
        }

        @Override
        public @Nullable Tip tip(Commitment commitment) {
            return tip;
        }
    }

    /// Slots of 400 ms; now and then a leader skips its four, never two in a row.
    private static final class SkippingChain {

        private final boolean[] skipped = new boolean[5_000];

        SkippingChain(Random random) {
            for (var leader = 1; leader < skipped.length / 4; leader++) {
                var skips = !skipped[4 * leader - 1] && random.nextInt(20) == 0;
                for (var i = 0; i < 4; i++) {
                    skipped[4 * leader + i] = skips;
                }
            }
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
