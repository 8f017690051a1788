package io.streamsync.protocol.record;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.record.StreamRecord.Answered;
import io.streamsync.protocol.record.StreamRecord.EpochEnded;
import io.streamsync.protocol.record.StreamRecord.LeaseClosed;
import io.streamsync.protocol.record.StreamRecord.PrivatePart;
import io.streamsync.protocol.record.StreamRecord.StreamEnded;
import io.streamsync.protocol.record.StreamRecord.SubscriptionCharged;
import io.streamsync.protocol.record.StreamRecord.Verified;
import java.util.Optional;

/// The documented bytes of a record: kind, format version, the public part with its length, the private part with its
/// own. The public part of what is charged ends with the commitment to the private part; the public part is the
/// settlement's leaf.
/// The layout field by field: `protocol/README.md`.
public final class StreamRecords {

    private static final int ANSWERED = 1;
    private static final int VERIFIED = 2;
    private static final int LEASE_CLOSED = 3;
    private static final int EPOCH_ENDED = 4;
    private static final int STREAM_ENDED = 5;
    private static final int SUBSCRIPTION_CHARGED = 6;

    // an ANSWERED of five places with ids of usual length takes some 600 bytes
    private static final int USUAL_SIZE = 1024;

    private StreamRecords() {}

    public static byte[] encode(StreamRecord record) {
        var out = new ByteWriter(USUAL_SIZE);
        switch (record) {
            case Answered answered -> {
                begin(out, ANSWERED);
                AnsweredBytes.writePublic(out, answered);
                endCommitted(out, answered.privatePart());
            }
            case Verified verified -> {
                begin(out, VERIFIED, VerifiedBytes.version(verified));
                VerifiedBytes.write(out, verified);
                end(out, new byte[0]);
            }
            case LeaseClosed closed -> {
                var privatePart = new ByteWriter(24);
                privatePart.uuid(closed.leaseId());
                privatePart.i64(closed.cumulative());
                begin(out, LEASE_CLOSED);
                end(out, privatePart.toByteArray());
            }
            case EpochEnded ended -> {
                begin(out, EPOCH_ENDED);
                out.i64(ended.epoch());
                out.i64(ended.occurredAt());
                end(out, new byte[0]);
            }
            case StreamEnded ended -> {
                begin(out, STREAM_ENDED);
                out.i64(ended.occurredAt());
                end(out, new byte[0]);
            }
            case SubscriptionCharged charged -> {
                begin(out, SUBSCRIPTION_CHARGED);
                SubscriptionBytes.writePublic(out, charged);
                endCommitted(out, charged.privatePart());
            }
        }
        return out.toByteArray();
    }

    /// @throws IllegalArgumentException when the bytes are no record of a known version, or the commitment does not fit
    public static StreamRecord decode(byte[] bytes) {
        var parts = parts(bytes);
        var open = parts.publicReader();
        var secret = parts.privateReader();
        var record = switch (parts.kind()) {
            case ANSWERED -> {
                parts.requireCommitment();
                yield AnsweredBytes.read(open, secret);
            }
            case VERIFIED -> VerifiedBytes.read(open, parts.version());
            case LEASE_CLOSED -> new LeaseClosed(secret.uuid(), secret.i64());
            case EPOCH_ENDED -> new EpochEnded(open.i64(), open.i64());
            case STREAM_ENDED -> new StreamEnded(open.i64());
            case SUBSCRIPTION_CHARGED -> {
                parts.requireCommitment();
                yield SubscriptionBytes.read(open, secret);
            }
            default -> throw new IllegalArgumentException("unknown kind of record " + parts.kind());
        };
        open.requireEnd();
        secret.requireEnd();
        return record;
    }

    /// What a race came to, for who needs that alone: records of other kinds are not looked into, which is most of the
    /// work of [#decode].
    ///
    /// @return empty for every other kind
    /// @throws IllegalArgumentException when it is no record, or a VERIFIED that [#decode] does not take either
    public static Optional<Verified> verified(byte[] bytes) {
        return RecordParts.of(bytes).kind() == VERIFIED ? Optional.of((Verified) decode(bytes)) : Optional.empty();
    }

    /// The public part of an encoded record: the leaf, and what may be published. It starts with the record's kind and
    /// format version and the part's length, so that a leaf can be read by itself.
    public static byte[] publicPart(byte[] bytes) {
        return parts(bytes).published();
    }

    /// How long that part is: it is the record's beginning.
    public static int publicLength(byte[] bytes) {
        return parts(bytes).publicLength();
    }

    /// Reads what [#publicPart] gives out.
    ///
    /// @throws IllegalArgumentException when the bytes are not the public part of a record of a known version
    public static PublicRecord decodePublic(byte[] leaf) {
        var parts = known(RecordParts.ofPublic(leaf));
        var open = parts.publicReader();
        var record = switch (parts.kind()) {
            case ANSWERED -> AnsweredBytes.readPublic(open);
            case VERIFIED -> new PublicRecord.Verified(VerifiedBytes.read(open, parts.version()));
            case LEASE_CLOSED -> new PublicRecord.LeaseClosed();
            case EPOCH_ENDED -> new PublicRecord.EpochEnded(open.i64(), open.i64());
            case STREAM_ENDED -> new PublicRecord.StreamEnded(open.i64());
            case SUBSCRIPTION_CHARGED -> SubscriptionBytes.readPublic(open);
            default -> throw new IllegalArgumentException("unknown kind of record " + parts.kind());
        };
        open.requireEnd();
        return record;
    }

    private static RecordParts parts(byte[] bytes) {
        return known(RecordParts.of(bytes));
    }

    private static RecordParts known(RecordParts parts) {
        var newest = parts.kind() == VERIFIED ? VerifiedBytes.WITH_REASONS : RecordParts.VERSION;
        if (parts.version() < RecordParts.VERSION || parts.version() > newest) {
            throw new IllegalArgumentException("unknown format version " + parts.version());
        }
        return parts;
    }

    private static void begin(ByteWriter out, int kind) {
        begin(out, kind, RecordParts.VERSION);
    }

    private static void begin(ByteWriter out, int kind, int version) {
        out.u8(kind);
        out.u8(version);
        out.u32(0);
    }

    private static void endCommitted(ByteWriter out, PrivatePart part) {
        var privatePart = new ByteWriter(USUAL_SIZE / 4);
        AnsweredBytes.writePrivate(privatePart, part);
        out.raw(Sha256.of(privatePart.bytes(), 0, privatePart.length()));
        end(out, privatePart.toByteArray());
    }

    private static void end(ByteWriter out, byte[] privatePart) {
        out.u32At(RecordParts.HEAD, out.length() - RecordParts.HEAD - RecordParts.LENGTH);
        out.u32(privatePart.length);
        out.raw(privatePart);
    }
}
