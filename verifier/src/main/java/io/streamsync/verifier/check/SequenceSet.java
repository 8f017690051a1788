package io.streamsync.verifier.check;

import java.util.Map;
import java.util.TreeMap;

/// Numbers of which most are neighbours, kept as ranges.
final class SequenceSet {

    /// First to last, neither touching nor overlapping.
    private final TreeMap<Long, Long> ranges = new TreeMap<>();

    /// @return whether it was not there before
    boolean add(long number) {
        var below = ranges.floorEntry(number);
        if (below != null && below.getValue() >= number) {
            return false;
        }
        var above = ranges.higherEntry(number);
        var joinsBelow = below != null && below.getValue() == number - 1;
        var joinsAbove = above != null && above.getKey() == number + 1;
        if (joinsAbove) {
            ranges.remove(above.getKey());
        }
        ranges.put(joinsBelow ? below.getKey() : number, joinsAbove ? above.getValue() : number);
        return true;
    }

    boolean contains(long number) {
        var below = ranges.floorEntry(number);
        return below != null && below.getValue() >= number;
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    long highest() {
        return ranges.lastEntry().getValue();
    }

    /// The ranges that hold numbers above the one given.
    Iterable<Map.Entry<Long, Long>> above(long number) {
        var first = ranges.floorKey(number);
        return (first == null ? ranges : ranges.tailMap(first, true)).entrySet();
    }
}
