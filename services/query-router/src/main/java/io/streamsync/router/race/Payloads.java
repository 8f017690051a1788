package io.streamsync.router.race;

import io.streamsync.protocol.record.RaceIds;
import io.streamsync.router.journal.Incarnation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/// The private parts of this router's latest races, in memory alone, for the customers who asked: ten minutes, or less
/// where many are asked (public interfaces, Queries).
public final class Payloads {

    private static final long KEPT_MILLIS = Duration.ofMinutes(10).toMillis();

    private final long mostBytes;
    private final RaceIds ids;
    private final Incarnation incarnation;
    private final InstantSource clock;
    private final Map<Long, Payload> bySequence = new ConcurrentHashMap<>();
    private final Queue<Payload> oldestFirst = new ConcurrentLinkedQueue<>();
    private final AtomicLong heldBytes = new AtomicLong();

    Payloads(long mostBytes, RaceIds ids, Incarnation incarnation, InstantSource clock) {
        this.mostBytes = mostBytes;
        this.ids = ids;
        this.incarnation = incarnation;
        this.clock = clock;
    }

    void keep(Payload payload) {
        bySequence.put(payload.sequence(), payload);
        oldestFirst.add(payload);
        heldBytes.addAndGet(payload.size());
        while (heldBytes.get() > mostBytes && forgetOldest()) {
            // until there is room
        }
    }

    /// The JSON of a race's private part; empty for a race of another router, or one that is forgotten.
    public Optional<byte[]> find(String raceId) {
        return ids.open(raceId)
                .filter(opened -> opened.address().router() == incarnation.router()
                        && opened.address().incarnation() == incarnation.number())
                .flatMap(opened -> Optional.ofNullable(
                                bySequence.get(opened.address().sequence()))
                        .filter(payload -> payload.occurredAt() == opened.epochMillis()))
                .filter(payload -> !isOld(payload))
                .map(Payload::json);
    }

    /// Lets go of what is older than it may be, also when nothing new comes.
    void tidy() {
        for (var oldest = oldestFirst.peek(); oldest != null && isOld(oldest); oldest = oldestFirst.peek()) {
            forgetOldest();
        }
    }

    private boolean isOld(Payload payload) {
        return clock.millis() - payload.occurredAt() > KEPT_MILLIS;
    }

    private boolean forgetOldest() {
        var oldest = oldestFirst.poll();
        if (oldest == null) {
            return false;
        }
        bySequence.remove(oldest.sequence(), oldest);
        heldBytes.addAndGet(-oldest.size());
        return true;
    }
}
