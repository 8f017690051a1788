package io.streamsync.router.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CapacityTests {

    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = -3 * SECOND;

    private final Capacity capacity = new Capacity();

    @Test
    void isWhatTheNodeSells() {
        assertThat(room(100, NOW)).isEqualTo(100);
    }

    @Test
    void isHalfOfWhatWasInHandWhenTheNodeRefused() {
        inHand(120);

        capacity.done();
        capacity.refused(NOW, NOW, 0);

        assertThat(limit(1_000, NOW)).isEqualTo(60);
    }

    @Test
    void isCutOnceForAllThatWereOnTheirWay() {
        inHand(120);
        for (var i = 0; i < 50; i++) {
            capacity.done();
            capacity.refused(NOW - 1, NOW, 0);
        }

        assertThat(limit(1_000, NOW)).isEqualTo(60);
        capacity.refused(NOW + 1, NOW + 1, 0);
        assertThat(limit(1_000, NOW + 1)).isLessThan(60);
    }

    @Test
    void growsSlowlyWithTime() {
        inHand(119);
        capacity.refused(NOW, NOW, 0);

        assertThat(limit(1_000, NOW + SECOND - 1)).isEqualTo(60);
        assertThat(limit(1_000, NOW + 10 * SECOND)).isEqualTo(80);
        assertThat(limit(1_000, NOW + 30 * SECOND)).isEqualTo(120);
        assertThat(limit(100, NOW + 3600 * SECOND)).isEqualTo(100);
    }

    @Test
    void easesALittleForAnAnswerThatTookTooLong() {
        inHand(99);

        capacity.overran(NOW, NOW);

        assertThat(limit(1_000, NOW)).isEqualTo(90);
    }

    @Test
    void pausesWhereOneQueryAtATimeIsTooMany() {
        capacity.refused(NOW, NOW, 0);
        assertThat(capacity.isFull(100, NOW + SECOND / 10 - 1)).isTrue();
        assertThat(capacity.isFull(100, NOW + SECOND / 10)).isFalse();

        capacity.refused(NOW + SECOND / 10, NOW + SECOND / 10, 0);
        assertThat(capacity.isFull(100, NOW + SECOND / 4)).isTrue();
        assertThat(capacity.isFull(100, NOW + 3 * SECOND / 10)).isFalse();
    }

    @Test
    void pausesForNoLongerThanSecondsHoweverOftenItIsRefused() {
        var now = NOW;
        for (var i = 0; i < 100; i++) {
            capacity.refused(now, now, 0);
            assertThat(capacity.isFull(100, now + 5 * SECOND)).isFalse();
            now += SECOND / 20;
        }
    }

    @Test
    void waitsAsLongAsTheNodeWantsUpToABound() {
        capacity.refused(NOW, NOW, 7 * SECOND);
        assertThat(capacity.isFull(100, NOW + 7 * SECOND - 1)).isTrue();
        assertThat(capacity.isFull(100, NOW + 7 * SECOND)).isFalse();

        capacity.refused(NOW + 1, NOW + 1, 3600 * SECOND);
        assertThat(capacity.isFull(100, NOW + 29 * SECOND)).isTrue();
        assertThat(capacity.isFull(100, NOW + 1 + 30 * SECOND)).isFalse();
    }

    @Test
    void heedsAWaitAlsoOfWhatWasOnItsWay() {
        capacity.refused(NOW, NOW, 0);
        capacity.refused(NOW - 1, NOW, 7 * SECOND);

        assertThat(capacity.isFull(100, NOW + 6 * SECOND)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | 0",
                "7 | 7",
                "' 7 ' | 7",
                "-7 | 0",
                "7.5 | 0",
                "99999999999 | 0",
                "soon | 0",
                "Thu, 01 Jan 1970 00:01:40 GMT | 90",
                "Thu, 01 Jan 1970 00:00:00 GMT | 0"
            })
    void readsForHowLongTheNodeWantsToBeLeftAlone(String header, long seconds) {
        assertThat(RetryAfter.seconds(header, Instant.ofEpochSecond(10))).isEqualTo(seconds);
    }

    private void inHand(int queries) {
        IntStream.range(0, queries).forEach(_ -> capacity.asked());
    }

    private int room(int sold, long now) {
        var before = capacity.inFlight();
        var room = 0;
        while (!capacity.isFull(sold, now)) {
            capacity.asked();
            room++;
        }
        while (capacity.inFlight() > before) {
            capacity.done();
        }
        return room;
    }

    private int limit(int sold, long now) {
        var before = capacity.inFlight();
        while (capacity.inFlight() > 0) {
            capacity.done();
        }
        var limit = room(sold, now);
        inHand(before);
        return limit;
    }
}
