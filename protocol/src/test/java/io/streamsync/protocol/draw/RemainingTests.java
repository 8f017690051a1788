package io.streamsync.protocol.draw;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.RandomNumbers.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RemainingTests {

    @Test
    void drawsAsIfTheSumsWereWrittenAnewEachTime() {
        var random = new Random(17);
        for (var round = 0; round < 300; round++) {
            var from = random.nextInt(5);
            var weights = random.longs(from + 1 + random.nextInt(300), 1, 1_000).toArray();

            assertThat(drawn(new Remaining(sums(weights), from, weights.length), round))
                    .as("round %d", round)
                    .isEqualTo(drawnPlainly(weights, from, round));
        }
    }

    @Test
    void neverDrawsWhatWasTakenOut() {
        var remaining = new Remaining(sums(5, 1, 1, 5), 0, 4);
        remaining.without(3);
        remaining.without(0);

        assertThat(drawn(remaining, 1)).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void takesTheLastOneWithoutANumber() {
        var numbers = new ScriptedNumbers().say(Label.RACE, 0.999);
        var remaining = new Remaining(sums(1, 1), 0, 2);

        assertThat(remaining.take(numbers, Label.RACE)).isEqualTo(1);
        assertThat(remaining.take(numbers, Label.RACE)).isZero();
        assertThat(remaining.isEmpty()).isTrue();
    }

    private static List<Integer> drawn(Remaining remaining, long seed) {
        var numbers = new SeededNumbers(seed);
        var drawn = new ArrayList<Integer>();
        while (!remaining.isEmpty()) {
            drawn.add(remaining.take(numbers, Label.RACE));
        }
        return drawn;
    }

    private static List<Integer> drawnPlainly(long[] weights, int from, long seed) {
        var numbers = new SeededNumbers(seed);
        var left = new ArrayList<Integer>();
        for (var i = from; i < weights.length; i++) {
            left.add(i);
        }
        var drawn = new ArrayList<Integer>();
        while (left.size() > 1) {
            var number = numbers.below(
                    Label.RACE, left.stream().mapToLong(i -> weights[i]).sum());
            var position = 0;
            while (number >= weights[left.get(position)]) {
                number -= weights[left.get(position++)];
            }
            drawn.add(left.get(position));
            left.subList(position, position + 1).clear();
        }
        drawn.addAll(left);
        return drawn;
    }

    private static long[] sums(long... weights) {
        var sums = new long[weights.length + 1];
        for (var i = 0; i < weights.length; i++) {
            sums[i + 1] = sums[i] + weights[i];
        }
        return sums;
    }
}
