package io.streamsync.verifier.check;

import java.util.Map;
import java.util.TreeMap;

/// Numbers of races that have no record yet, kept as ranges, each with the time by which a later number's record stood
/// in the stream.
final class MissingNumbers {

    private static final long NOT_TIMED = Long.MAX_VALUE;

    /// By the first number.
    private final TreeMap<Long, Range> ranges = new TreeMap<>();

    /// All ranges from here on have no time yet.
    private long firstNotTimed = Long.MAX_VALUE;

    /// @param from above all numbers that were added before
    void add(long from, long to) {
        ranges.put(from, new Range(to, NOT_TIMED));
        firstNotTimed = Math.min(firstNotTimed, from);
    }

    /// Each range gets the first time that follows it.
    void written(long unixMillis) {
        if (firstNotTimed != Long.MAX_VALUE) {
            ranges.tailMap(firstNotTimed, true).replaceAll((_, range) -> new Range(range.to, unixMillis));
            firstNotTimed = Long.MAX_VALUE;
        }
    }

    /// @return since when the number was missing; [Long#MAX_VALUE] when it was not, or has no time yet
    long remove(long number) {
        var found = ranges.floorEntry(number);
        if (found == null || found.getValue().to < number) {
            return NOT_TIMED;
        }
        var range = found.getValue();
        ranges.remove(found.getKey());
        if (found.getKey() < number) {
            ranges.put(found.getKey(), new Range(number - 1, range.by));
        }
        if (number < range.to) {
            ranges.put(number + 1, range);
        }
        return range.by;
    }

    /// From first to last, those that have been missing for so long.
    Map<Long, Long> missingFor(long millis, long now) {
        var missing = new TreeMap<Long, Long>();
        ranges.forEach((from, range) -> {
            if (range.by != NOT_TIMED && now - range.by >= millis) {
                missing.put(from, range.to);
            }
        });
        return missing;
    }

    private record Range(long to, long by) {}
}
