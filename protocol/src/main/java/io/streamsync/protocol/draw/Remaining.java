package io.streamsync.protocol.draw;

import io.streamsync.protocol.draw.RandomNumbers.Label;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Draws without replacement from running sums that are shared and never change: what was taken is cut out of the
/// sums arithmetically, so that a draw costs the logarithm of the field and not the field.
final class Remaining {

    // from here on it pays to copy what is left: thousands may be skipped when a customer asks for a far slot
    private static final int CUTS = 64;

    private long[] sums;
    private int from;
    private int to;
    // positions in the sums that were asked for, where they are not the positions of now
    private int @Nullable [] origin;

    private int[] cuts = new int[8];
    private int cutCount;
    private long total;

    /// @param sums strictly rising; entry i weighs `sums[i + 1] - sums[i]`
    Remaining(long[] sums, int from, int to) {
        this.sums = sums;
        this.from = from;
        this.to = to;
        this.total = sums[to] - sums[from];
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /// Draws one and takes it out. The last one left takes no random number.
    int take(RandomNumbers random, Label label) {
        var position = size() == 1 ? first() : at(random.below(label, total));
        var entry = origin == null ? position : origin[position];
        cut(position);
        return entry;
    }

    /// Takes out an entry that must not be drawn; before anything was drawn.
    void without(int entry) {
        cut(entry);
    }

    private int size() {
        return to - from - cutCount;
    }

    private int first() {
        var position = from;
        for (var i = 0; i < cutCount && cuts[i] == position; i++) {
            position++;
        }
        return position;
    }

    // where the number falls in the running sum of what is left
    private int at(long number) {
        var target = sums[from] + number;
        for (var i = 0; i < cutCount && target >= sums[cuts[i]]; i++) {
            target += weight(cuts[i]);
        }
        var found = Arrays.binarySearch(sums, from, to, target);
        return found >= 0 ? found : -found - 2;
    }

    private long weight(int position) {
        return sums[position + 1] - sums[position];
    }

    private void cut(int position) {
        total -= weight(position);
        if (cutCount == cuts.length) {
            cuts = Arrays.copyOf(cuts, 2 * cutCount);
        }
        var place = -Arrays.binarySearch(cuts, 0, cutCount, position) - 1;
        System.arraycopy(cuts, place, cuts, place + 1, cutCount - place);
        cuts[place] = position;
        if (++cutCount == CUTS) {
            copyWhatIsLeft();
        }
    }

    private void copyWhatIsLeft() {
        var left = size();
        var newSums = new long[left + 1];
        var newOrigin = new int[left];
        var next = 0;
        var cut = 0;
        for (var position = from; position < to; position++) {
            if (cut < cutCount && cuts[cut] == position) {
                cut++;
            } else {
                newSums[next + 1] = newSums[next] + weight(position);
                newOrigin[next++] = origin == null ? position : origin[position];
            }
        }
        sums = newSums;
        origin = newOrigin;
        from = 0;
        to = left;
        cutCount = 0;
    }
}
