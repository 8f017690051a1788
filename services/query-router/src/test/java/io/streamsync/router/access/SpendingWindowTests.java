package io.streamsync.router.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpendingWindowTests {

    private static final long SECOND = 1_000_000_000L;
    private static final long PRICE = 2_000;

    private final SpendingWindow window = new SpendingWindow();

    @Test
    void saysWhatTwoMinutesCostByTheLastTwentySeconds() {
        spend(100, 0, 60);

        assertThat(window.ofTwoMinutes(59 * SECOND)).isEqualTo(120 * 100 * PRICE);
    }

    @Test
    void knowsSoonHowFastOneSpendsWhoHasBegun() {
        spend(100, 1_000, 8);

        assertThat(window.ofTwoMinutes(1_007 * SECOND)).isEqualTo(120 * 100 * PRICE);
    }

    @Test
    void takesWhatCameAtOnceForWhatFiveSecondsBring() {
        spend(100, 0, 1);

        assertThat(window.ofTwoMinutes(0)).isEqualTo(24 * 100 * PRICE);
    }

    @Test
    void beginsAnewAfterAPause() {
        spend(100, 0, 60);
        assertThat(window.ofTwoMinutes(80 * SECOND)).isZero();

        spend(10, 100, 6);

        assertThat(window.ofTwoMinutes(105 * SECOND)).isEqualTo(120 * 10 * PRICE);
    }

    @Test
    void countsAPauseThatIsShorterThanItLooksBack() {
        spend(100, 0, 20);

        assertThat(window.ofTwoMinutes(29 * SECOND)).isEqualTo(60 * 100 * PRICE);
    }

    private void spend(int timesASecond, long from, int seconds) {
        for (var second = from; second < from + seconds; second++) {
            for (var time = 0; time < timesASecond; time++) {
                window.spend(PRICE, second * SECOND);
            }
        }
    }
}
