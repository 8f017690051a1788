package io.streamsync.billing.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RaceReadingTests {

    @Test
    void knowsThePartitionThatAStreamsKeySays() {
        assertThat(RaceReading.partitionsOf(new StreamId(7, 3), 6, 6)).hasSize(1);
        assertThat(IntStream.range(1, 200)
                        .mapToObj(number -> RaceReading.partitionsOf(new StreamId(number, 1), 6, 6))
                        .distinct())
                .hasSize(6);
    }

    @Test
    void knowsAllPartitionsThatAStreamHasBeenIn() {
        for (var router = 1; router < 100; router++) {
            var stream = new StreamId(router, 2);
            assertThat(RaceReading.partitionsOf(stream, 6, 12))
                    .containsAll(RaceReading.partitionsOf(stream, 6, 6))
                    .containsAll(RaceReading.partitionsOf(stream, 9, 9))
                    .containsAll(RaceReading.partitionsOf(stream, 12, 12));
        }
    }

    @Test
    void neverKnowsOfNone() {
        assertThat(RaceReading.partitionsOf(new StreamId(1, 1), 12, 6))
                .isEqualTo(RaceReading.partitionsOf(new StreamId(1, 1), 6, 6));
    }
}
