package io.streamsync.verifier.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MissingNumbersTests {

    private static final long NEVER = Long.MAX_VALUE;

    /// One number after the other, as whoever does not care for memory would do it.
    @Test
    void knowsOfEachNumberSinceWhenItIsMissing() {
        for (var seed = 0; seed < 50; seed++) {
            var random = new Random(seed);
            var missing = new MissingNumbers();
            var expected = new TreeMap<Long, Long>();
            var next = 0L;
            for (var time = 0L; time < 300; time++) {
                switch (random.nextInt(3)) {
                    case 0 -> {
                        var to = next + random.nextInt(6);
                        missing.add(next, to);
                        for (; next <= to; next++) {
                            expected.put(next, NEVER);
                        }
                        next += random.nextInt(3);
                    }
                    case 1 -> {
                        var now = time;
                        missing.written(now);
                        expected.replaceAll((_, since) -> since == NEVER ? now : since);
                    }
                    default -> {
                        var number = random.nextLong(next + 1);
                        var since = expected.remove(number);
                        assertThat(missing.remove(number)).isEqualTo(since == null ? NEVER : since);
                    }
                }
            }
            var found = new TreeMap<Long, Long>();
            missing.missingFor(100, 300).forEach((from, to) -> {
                for (var number = from; number <= to; number++) {
                    found.put(number, number);
                }
            });
            expected.values().removeIf(since -> since > 200);
            assertThat(found.keySet()).as("seed %d", seed).isEqualTo(expected.keySet());
        }
    }

    /// A stream that leaps by nearly a million with every record would take a thousand million numbers.
    @Test
    void leapsTakeNoMemory() {
        var missing = new MissingNumbers();
        for (var leap = 0L; leap < 1_000; leap++) {
            missing.add(leap * 1_000_000, leap * 1_000_000 + 999_998);
            missing.written(leap);
        }

        assertThat(missing.missingFor(0, 2_000)).hasSize(1_000);
        assertThat(missing.remove(500)).isZero();
    }
}
