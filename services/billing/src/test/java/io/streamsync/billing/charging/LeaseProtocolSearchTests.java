package io.streamsync.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.billing.charging.LeaseProtocol.Bounds;
import io.streamsync.billing.charging.LeaseProtocol.Rule;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every order of steps of the lease protocol up to a depth, breadth first: requests and answers lost, repeated and
/// late, routers that die or stop and come back, leases that run out early, streams closed by force, charges after
/// that.
class LeaseProtocolSearchTests {

    private static final Bounds BOUNDS = new Bounds(2, 2, 1, 2, 2, 3);

    /// So many steps in all orders: the shortest way to break any rule takes fewer.
    private static final int DEPTH = Integer.getInteger("streamsync.test.depth", 8);

    @Test
    void keepsTheMoneyRightInEveryOrder() {
        var searched = search(LeaseProtocol.all(), DEPTH);

        assertThat(searched).as("states that differ").isGreaterThan(10_000);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void findsOutWhenARuleIsMissing(Rule rule) {
        assertThatThrownBy(() -> search(LeaseProtocol.without(rule), DEPTH)).isInstanceOf(RuntimeException.class);
    }

    private static int search(Set<Rule> rules, int depth) {
        var first = new LeaseProtocol(BOUNDS, rules);
        var seen = new HashSet<String>();
        var front = new ArrayDeque<LeaseProtocol>();
        front.add(first);
        for (var level = 0; level < depth; level++) {
            var next = new ArrayDeque<LeaseProtocol>();
            for (var world : front) {
                for (var step : world.steps()) {
                    var after = world.copy();
                    step.change().accept(after);
                    after.check();
                    if (seen.add(after.state())) {
                        after.copy().settle();
                        next.add(after);
                    }
                }
            }
            front = next;
        }
        return seen.size();
    }
}
