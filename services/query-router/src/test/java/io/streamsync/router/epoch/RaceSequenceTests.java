package io.streamsync.router.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RaceSequenceTests {

    @Test
    void leavesNoNumberOutAndGivesNoneTwice() {
        var sequence = new RaceSequence();
        Set<Long> numbers = ConcurrentHashMap.newKeySet();

        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var i = 0; i < 4_000; i++) {
                threads.execute(() -> numbers.add(sequence.next()));
            }
        }

        assertThat(numbers).isEqualTo(LongStream.range(0, 4_000).boxed().collect(Collectors.toSet()));
    }
}
