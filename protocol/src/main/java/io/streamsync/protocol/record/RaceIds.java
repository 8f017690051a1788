package io.streamsync.protocol.record;

import java.util.Optional;

/// Race ids as the world sees them: the address and the millisecond in one 128-bit block under AES with a key of the
/// installation. Unguessable, and no index is needed to find the address again. Safe for use by many threads.
public final class RaceIds {

    private RaceIds() {}

    /// @param key 16 bytes
    public static RaceIds of(byte[] key) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// @return 32 lower-case hex digits
    public String seal(RaceAddress address, long epochMillis) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The address behind an id; empty when the text is no id. Whether such a race exists, the caller looks up, with
    /// its
    /// time: an id made up opens to some address.
    public Optional<Opened> open(String raceId) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// What an id holds.
    public record Opened(RaceAddress address, long epochMillis) {}
}
