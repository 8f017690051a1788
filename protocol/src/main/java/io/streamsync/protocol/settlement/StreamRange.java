package io.streamsync.protocol.settlement;

/// The records of one stream that a settlement covers. The next settlement that covers the stream begins where this
/// one ends: an omission shows.
///
/// @param from the first position
/// @param to the position after the last
public record StreamRange(int router, int incarnation, long from, long to) {

    public StreamRange {
        if (router >>> 16 != 0 || incarnation >>> 16 != 0 || from < 0 || to >>> 48 != 0 || from >= to) {
            throw new IllegalArgumentException("no range of a stream: " + from + " to " + to);
        }
    }

    public long length() {
        return to - from;
    }
}
