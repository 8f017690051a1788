package io.streamsync.verifier.check;

import io.streamsync.protocol.settlement.SettlementHeader;
import java.time.Duration;

/// Whether pages of epochs show every time that a router took a snapshot. They do since markets sign stakes; before,
/// they showed the first time in an epoch, and a market comes back to snapshots.
final class EveryNaming {

    /// So late a window may be sealed: the first that signs stakes may be of the time before.
    private static final Duration SEALED_LATE = Duration.ofMinutes(1);

    /// The first that signs stakes, and the one after it, whose races may name what was taken in that one.
    private static final int WINDOWS = 2;

    private boolean shown;
    private long left;

    EveryNaming(SettlementHeader header) {
        shown = header.sharedOut() != null;
        left = WINDOWS + Math.ceilDiv(SEALED_LATE.toMillis(), Math.max(1, header.endsAt() - header.startsAt()));
    }

    /// Whether no header before matters.
    boolean isDone() {
        return !shown || left == 0;
    }

    boolean isShown() {
        return shown;
    }

    /// @param earlier the header before those that were told
    void before(SettlementHeader earlier) {
        if (!isDone()) {
            shown = earlier.sharedOut() != null;
            left--;
        }
    }
}
