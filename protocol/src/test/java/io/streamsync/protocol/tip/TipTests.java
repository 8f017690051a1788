package io.streamsync.protocol.tip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TipTests {

    private static final long ROUND = 10_000;

    @Test
    void risesWithWhatTheNodeTells() {
        var known = Tip.after(null, 100, 1_000, ROUND);

        assertThat(known).isEqualTo(new Tip(100, 1_000, 1_000));
        assertThat(Tip.after(known, 101, 1_400, ROUND)).isEqualTo(new Tip(101, 1_400, 1_400));
    }

    @Test
    void remembersSinceWhenAndWhenLast() {
        var known = new Tip(100, 1_000, 1_000);

        assertThat(Tip.after(known, 100, 1_050, ROUND)).isSameAs(known);
        assertThat(Tip.after(known, 100, 1_350, ROUND)).isEqualTo(new Tip(100, 1_000, 1_350));
    }

    @Test
    void takesALowerSlotOnlyOnceTheHigherOneIsOld() {
        var known = new Tip(100, 1_000, 1_000);

        assertThat(Tip.after(known, 90, 1_000 + 3 * ROUND, ROUND)).isSameAs(known);
        assertThat(Tip.after(known, 90, 1_001 + 3 * ROUND, ROUND).slot()).isEqualTo(90);
    }

    @Test
    void reachesASlotMoreForEachBegunSlotTime() {
        var known = new Tip(100, 500, 1_000);

        assertThat(known.reachable(1_000, 400)).isEqualTo(100);
        assertThat(known.reachable(1_001, 400)).isEqualTo(101);
        assertThat(known.reachable(1_801, 400)).isEqualTo(103);
        assertThat(known.reachable(900, 400)).isEqualTo(100);
    }
}
