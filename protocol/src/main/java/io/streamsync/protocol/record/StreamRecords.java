package io.streamsync.protocol.record;

/// The documented bytes of a record: kind, format version, the public part with its length, the private part with its
/// own. The public part of ANSWERED holds the commitment to the private part; the public part is the settlement's leaf.
public final class StreamRecords {

    private StreamRecords() {}

    public static byte[] encode(StreamRecord record) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// @throws IllegalArgumentException when the bytes are no record of a known version, or the commitment does not fit
    public static StreamRecord decode(byte[] bytes) {
        throw new UnsupportedOperationException("skeleton");
    }

    /// The public part of an encoded record: the leaf, and what may be published.
    public static byte[] publicPart(byte[] bytes) {
        throw new UnsupportedOperationException("skeleton");
    }
}
