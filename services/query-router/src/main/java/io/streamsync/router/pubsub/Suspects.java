package io.streamsync.router.pubsub;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// What a node may have hung up upon: what was asked for last when it did. It is asked for on a connection of its own
/// until some node answers, so that nobody else's subscriptions end with it, and not for ever. Belongs to the
/// broadcasts' loop.
final class Suspects {

    /// Once among others, and once on a connection of its own.
    private static final int MOST_LOSSES = 2;

    private static final int MOST = 1_000;
    private static final long REMEMBERED = Duration.ofMinutes(10).toNanos();

    private final SequencedMap<Subject, Suspicion> losses = new LinkedHashMap<>();

    boolean is(Subject subject, long now) {
        var suspicion = losses.get(subject);
        return suspicion != null && now - suspicion.at() < REMEMBERED;
    }

    /// A connection ended while this was unanswered.
    ///
    /// @return whether nobody is to be asked for it any more
    boolean lost(Subject subject, long now) {
        var isKnown = is(subject, now);
        var before = losses.remove(subject);
        var count = isKnown && before != null ? before.losses() + 1 : 1;
        var isEnough = count >= MOST_LOSSES;
        losses.put(subject, new Suspicion(isEnough ? 1 : count, now));
        if (losses.size() > MOST) {
            losses.pollFirstEntry();
        }
        return isEnough;
    }

    /// A node read it and lives.
    void answered(Subject subject) {
        losses.remove(subject);
    }

    private record Suspicion(int losses, long at) {}
}
