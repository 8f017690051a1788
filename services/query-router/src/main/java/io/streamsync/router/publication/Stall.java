package io.streamsync.router.publication;

import io.streamsync.router.publication.HighWaterMarks.Mark;
import java.time.Duration;

/// Tells when billing stands still although Kafka has acknowledged more: then Kafka has lost what it acknowledged.
/// Billing may also just be slow, so that each suspicion at one position waits twice as long as the one before.
final class Stall {

    private final long patience;
    private long position = -1;
    private long since;
    private int suspicions;

    Stall(Duration patience) {
        this.patience = patience.toNanos();
    }

    /// @param told what billing has told last; while it tells nothing, no time passes here
    /// @param acknowledged the position after the last record that Kafka has acknowledged
    boolean isSuspected(Mark told, long acknowledged) {
        if (told.nextPosition() != position) {
            suspicions = 0;
        }
        if (told.nextPosition() != position || acknowledged <= position) {
            position = told.nextPosition();
            since = told.toldAt();
            return false;
        }
        if (told.toldAt() - since < patience << Math.min(suspicions, 5)) {
            return false;
        }
        since = told.toldAt();
        suspicions++;
        return true;
    }
}
