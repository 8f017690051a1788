package io.streamsync.router.epoch;

import java.time.Duration;

/// Epoch n is floor(unix ms / length).
///
/// @param grace after an epoch's end, until none of its races is drawn any more: a query's deadline
record EpochLengths(Duration length, Duration grace) {

    long millis() {
        return length.toMillis();
    }

    long epochAt(long unixMillis) {
        return Math.floorDiv(unixMillis, millis());
    }

    boolean isOver(long epoch, long unixMillis) {
        return unixMillis >= (epoch + 1) * millis() + grace.toMillis();
    }
}
