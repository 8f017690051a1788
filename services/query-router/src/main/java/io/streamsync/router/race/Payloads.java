package io.streamsync.router.race;

import io.streamsync.protocol.record.RaceIds;
import io.streamsync.router.journal.Incarnation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// The private parts of this router's latest races, in memory alone, for the customers who asked: ten minutes, or less
/// where many are asked (public interfaces, Queries).
public final class Payloads {

    private static final long KEPT_MILLIS = Duration.ofMinutes(10).toMillis();

    private final PayloadRing latest;
    private final RaceIds ids;
    private final Incarnation incarnation;
    private final InstantSource clock;

    Payloads(int mostBytes, RaceIds ids, Incarnation incarnation, InstantSource clock) {
        latest = new PayloadRing(mostBytes);
        this.ids = ids;
        this.incarnation = incarnation;
        this.clock = clock;
    }

    void keep(Payload payload) {
        latest.put(payload.sequence(), payload.occurredAt(), payload.encode());
    }

    /// The JSON of a race's private part; empty for a race of another router, or one that is forgotten.
    public Optional<byte[]> find(String raceId) {
        return ids.open(raceId)
                .filter(opened -> opened.address().router() == incarnation.router()
                        && opened.address().incarnation() == incarnation.number())
                .filter(opened -> clock.millis() - opened.epochMillis() <= KEPT_MILLIS)
                .flatMap(opened -> latest.get(opened.address().sequence(), opened.epochMillis()))
                .map(Payload::json);
    }
}
