package io.streamsync.billing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.billing.stream.StreamId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamAtEndTests {

    private static final Instant END = Instant.ofEpochSecond(300);

    @Test
    void waitsForTheMarkOfAStreamThatGoesOn() {
        var stream = stream(10, null, false, false);

        assertThat(stream.end(END, false)).isEmpty();
        assertThat(stream.end(END, true)).hasValue(20);
        assertThat(stream.isCut(END)).isTrue();
    }

    @Test
    void hasNoMoreOfTheWindowsThatItsClockJumpedOver() {
        assertThat(stream(10, 15L, false, false).end(END, true)).hasValue(15);
        assertThat(stream(15, 15L, false, false).end(END, true)).hasValue(15);
    }

    @Test
    void endsAtEachMarkThatIsLeftAndThenForGood() {
        assertThat(stream(10, 15L, true, false).end(END, false)).hasValue(15);
        assertThat(stream(15, null, true, false).end(END, false)).hasValue(20);
        assertThat(stream(15, null, true, false).isCut(END)).isFalse();
    }

    @Test
    void waitsForNoRouterThatIsLost() {
        var lost = stream(10, null, false, true);
        assertThat(lost.end(END, false)).hasValue(20);
        assertThat(lost.isCut(END)).as("something may still come").isTrue();
        assertThat(stream(10, 15L, false, true).end(END, false)).hasValue(15);
        assertThat(stream(10, 15L, false, true).isCut(END)).isFalse();
    }

    private static StreamAtEnd stream(long settled, @Nullable Long mark, boolean ended, boolean lost) {
        return new StreamAtEnd(new StreamId(1, 1), settled, 20, ended, lost, Instant.EPOCH, mark);
    }
}
