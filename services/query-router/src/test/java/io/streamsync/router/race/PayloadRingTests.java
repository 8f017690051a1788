package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PayloadRingTests {

    @Test
    void keepsWhatFitsAndNoMore() {
        var ring = new PayloadRing(100);

        ring.put(1, 1, new byte[76]);
        assertThat(ring.get(1, 1)).hasValue(new byte[76]);

        ring.put(2, 1, new byte[77]);
        assertThat(ring.get(2, 1)).isEmpty();
        assertThat(ring.get(1, 1)).isPresent();
    }

    @Test
    void keepsNothingWithoutRoom() {
        var ring = new PayloadRing(0);

        ring.put(1, 1, new byte[0]);

        assertThat(ring.get(1, 1)).isEmpty();
    }

    @Test
    void givesBackTheVeryBytesWhereverTheyLie() {
        var random = new Random(7);
        var ring = new PayloadRing(5_000);
        for (var sequence = 1L; sequence <= 10_000; sequence++) {
            var payload = new byte[random.nextInt(1_000)];
            random.nextBytes(payload);

            ring.put(sequence, sequence * 3, payload);

            assertThat(ring.get(sequence, sequence * 3)).hasValue(payload);
            assertThat(ring.get(sequence, sequence * 3 + 1)).isEmpty();
        }
    }

    /// Each payload is filled with its sequence: a mixture of two would show.
    @Test
    void neverTellsOfTwoRacesAtOnce() throws Exception {
        var ring = new PayloadRing(3_000);
        var last = new AtomicLong();
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var all = new ArrayList<Future<?>>();
            for (var writer = 0; writer < 2; writer++) {
                all.add(threads.submit(() -> {
                    start.await();
                    for (var i = 0; i < 200_000; i++) {
                        var sequence = last.incrementAndGet();
                        ring.put(sequence, 1, filled(sequence));
                    }
                    return null;
                }));
            }
            for (var reader = 0; reader < 2; reader++) {
                all.add(threads.submit(() -> {
                    start.await();
                    while (last.get() < 400_000) {
                        var sequence = last.get();
                        ring.get(sequence, 1)
                                .ifPresent(found -> assertThat(found).isEqualTo(filled(sequence)));
                    }
                    return null;
                }));
            }
            start.countDown();
            for (var one : all) {
                one.get();
            }
        }
    }

    private static byte[] filled(long sequence) {
        var payload = new byte[100 + (int) (sequence % 400)];
        Arrays.fill(payload, (byte) sequence);
        return payload;
    }
}
