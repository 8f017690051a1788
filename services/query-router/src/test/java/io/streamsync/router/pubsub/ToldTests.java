package io.streamsync.router.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// How much is remembered of what was told.
class ToldTests {

    private final Budget all = new Budget(1_000);
    private final Told told = new Told(all);

    @Test
    void tellsOnceAndNothingOlder() {
        assertThat(told.isFirst(1, 7)).isTrue();
        assertThat(told.isFirst(1, 8)).isFalse();
        assertThat(told.isNewer(2, 7)).isTrue();
        assertThat(told.isNewer(2, 7)).isFalse();
        assertThat(told.isNewer(2, 8)).isTrue();
    }

    @Test
    void remembersALittleOfEachWhereOthersRememberAllThatMayBe() {
        fill(told);
        var other = new Told(all);

        fill(other);

        assertThat(told.size()).isEqualTo(1_256);
        assertThat(other.size()).isEqualTo(256);
        assertThat(other.isFirst(4_999, 1)).isFalse();
    }

    @Test
    void leavesRoomForOthersWhenItIsOver() {
        fill(told);
        told.forget();
        var other = new Told(all);

        fill(other);

        assertThat(other.size()).isEqualTo(1_256);
    }

    private static void fill(Told told) {
        for (var identity = 0; identity < 5_000; identity++) {
            told.isFirst(identity, 1);
        }
    }
}
