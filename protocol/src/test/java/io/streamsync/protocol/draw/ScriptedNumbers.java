package io.streamsync.protocol.draw;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;

/// Random numbers as a test says them: shares of the total, in [0, 1); a label without any left fails the test.
final class ScriptedNumbers implements RandomNumbers {

    private final Map<Label, Queue<Double>> shares = new EnumMap<>(Label.class);

    ScriptedNumbers say(Label label, double... next) {
        var queue = shares.computeIfAbsent(label, _ -> new ArrayDeque<>());
        for (var share : next) {
            queue.add(share);
        }
        return this;
    }

    boolean isUsedUp() {
        return shares.values().stream().allMatch(Queue::isEmpty);
    }

    @Override
    public long next(Label label) {
        var queue = shares.get(label);
        var share = queue == null ? null : queue.poll();
        if (share == null) {
            throw new AssertionError("no number was expected to be drawn for " + label);
        }
        return (long) (share * 0x1p63) << 1;
    }
}
