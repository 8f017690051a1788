package io.streamsync.router.tip;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.parameters.Parameters;
import io.streamsync.protocol.tip.Commitment;
import io.streamsync.protocol.tip.NodeTips;
import io.streamsync.protocol.tip.Reach;
import io.streamsync.protocol.tip.Tip;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A customer that reads from nodes up to three slots apart, of whatever the race takes from them.
class SessionPropertyTests {

    private static final Parameters PARAMETERS = Parameters.defaults();
    private static final long SLOT = PARAMETERS.slotTime().toMillis();
    private static final long ROUND = PARAMETERS.probeInterval().toMillis();
    private static final Commitment AT = Commitment.PROCESSED;

    @Test
    void neverShowsLessThanTwoOperatorsHadToldWhenMoreWasShown() {
        var shown = 0;
        var back = 0;
        for (var seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            // the first two are together; how far the others are behind is anybody's guess
            var nodes = IntStream.range(0, 6)
                    .mapToObj(i -> new Node(i < 2 ? 0 : random.nextInt((int) (3 * SLOT))))
                    .toList();
            var operators = nodes.stream().map(List::of).toList();
            var session = new Session(0);
            var bound = -1L;
            var highest = -1L;
            for (var now = 1_000_000L; now < 1_060_000; now += 1 + random.nextInt(60)) {
                var node = nodes.get(random.nextInt(nodes.size()));
                var slot = (now - node.delay) / SLOT;
                node.tip = Tip.after(node.tip, slot, now, ROUND);
                var reach = Reach.of(operators, now, PARAMETERS);
                if (slot < session.floor(AT, reach, now)) {
                    continue;
                }
                session.saw(AT, slot, reach, now);
                assertThat(slot).isGreaterThanOrEqualTo(bound);
                shown++;
                back += slot < highest ? 1 : 0;
                // nothing binds before half of the operators are known
                if (reach.tip(AT, now) < Long.MAX_VALUE) {
                    bound = Math.max(bound, Math.min(slot, reach.tip(AT, now)));
                    highest = Math.max(highest, slot);
                }
            }
        }
        assertThat(shown).isGreaterThan(10_000);
        // where only the foremost operator had told a slot yet, the moment before the second does
        assertThat(back).isLessThan(shown / 100);
    }

    private static final class Node implements NodeTips {

        private final int delay;
        private @Nullable Tip tip;

        Node(int delay) {
            this.delay = delay;
        }

        @Override
        public @Nullable Tip tip(Commitment commitment) {
            return commitment == AT ? tip : null;
        }
    }
}
