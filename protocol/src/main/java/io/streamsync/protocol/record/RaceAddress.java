package io.streamsync.protocol.record;

/// Where a race stands: the router, its start, and the gapless number of the race within it.
///
/// @param router 0 to 65 535
/// @param incarnation 0 to 65 535, new at every start of the router
/// @param sequence 0 to 2^48 - 1
public record RaceAddress(int router, int incarnation, long sequence) {

    public static final long MAX_SEQUENCE = (1L << 48) - 1;

    public RaceAddress {
        if (router >>> 16 != 0 || incarnation >>> 16 != 0 || sequence >>> 48 != 0) {
            throw new IllegalArgumentException("an address is 16 + 16 + 48 bits");
        }
    }
}
