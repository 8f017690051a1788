package io.streamsync.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.streamsync.billing.charging.LeaseProtocol.Bounds;
import io.streamsync.billing.charging.LeaseProtocol.Step;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Long random histories of the lease protocol, one per seed.
class LeaseProtocolSimulationTests {

    private static final int SEEDS = Integer.getInteger("streamsync.test.seeds", 2_000);
    private static final int STEPS = 120;

    @Test
    void keepsTheMoneyRightUnderEverySeed() {
        var sold = 0L;
        var insured = 0L;
        for (var seed = 0; seed < SEEDS; seed++) {
            var world = history(seed);
            sold += world.sold();
            insured += world.insured();
        }

        assertThat(sold / SEEDS).as("histories in which something is sold").isPositive();
        assertThat(insured).as("charges that came too late").isPositive();
    }

    private static LeaseProtocol history(long seed) {
        var random = new Random(seed);
        var bounds = new Bounds(2 + random.nextInt(3), 20 + random.nextInt(200), 1 + random.nextInt(7), 6, 3, 60);
        var world = new LeaseProtocol(bounds, LeaseProtocol.all());
        var steps = new ArrayList<String>();
        try {
            for (var count = 0; count < STEPS; count++) {
                var step = next(world, random);
                steps.add(step.name());
                step.change().accept(world);
                world.check();
            }
            world.settle();
        } catch (RuntimeException violated) {
            fail("seed " + seed + ": " + steps, violated);
        }
        return world;
    }

    /// Faults are rarer than the rest.
    private static Step next(LeaseProtocol world, Random random) {
        var possible = world.steps();
        var step = possible.get(random.nextInt(possible.size()));
        for (var again = 0; again < 20 && step.isFault() && random.nextInt(12) > 0; again++) {
            step = possible.get(random.nextInt(possible.size()));
        }
        return step;
    }
}
