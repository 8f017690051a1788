package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopDelayTests {

    private static final long MS = 1_000_000;

    private final LoopDelay delay = new LoopDelay(0);

    @Test
    void isAsShortAsTheQuickestTick() {
        delay.tick(30 * MS, 10 * MS);
        delay.tick(41 * MS, 10 * MS);
        delay.tick(90 * MS, 10 * MS);

        assertThat(delay.takeLeast(100 * MS)).isEqualTo(MS);
    }

    @Test
    void forgetsWhatWasBeforeTheLastLook() {
        delay.tick(0, 10 * MS);
        delay.takeLeast(5 * MS);
        delay.tick(60 * MS, 10 * MS);

        assertThat(delay.takeLeast(61 * MS)).isEqualTo(50 * MS);
    }

    @Test
    void growsWhileTheLoopDoesNotComeRound() {
        delay.tick(0, 10 * MS);
        delay.takeLeast(MS);

        assertThat(delay.takeLeast(110 * MS)).isEqualTo(100 * MS);
        assertThat(delay.takeLeast(9 * MS)).isZero();
    }
}
