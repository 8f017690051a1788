package io.streamsync.router.pubsub;

/// How fast one client may call: one number, the time until which the allowance is used up.
final class CallRate {

    /// Far more than a page needs; what a script does that subscribes and unsubscribes without end.
    private static final long PER_SECOND = 100;

    /// All that may be open, at once, and some more.
    private static final long AT_ONCE = 1_500;

    private static final long SHARE_NANOS = 1_000_000_000L / PER_SECOND;

    private long usedUntil;

    CallRate(long now) {
        usedUntil = now;
    }

    /// What becomes of a call.
    enum Verdict {
        TAKEN,
        REFUSED,
        /// It does not listen to refusals.
        ENOUGH
    }

    Verdict call(long now) {
        usedUntil = Math.max(usedUntil, now) + SHARE_NANOS;
        var ahead = (usedUntil - now) / SHARE_NANOS;
        if (ahead <= AT_ONCE) {
            return Verdict.TAKEN;
        }
        return ahead <= 2 * AT_ONCE ? Verdict.REFUSED : Verdict.ENOUGH;
    }
}
