package io.streamsync.protocol.settlement;

import io.streamsync.protocol.canonical.Sha256;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// A header in bytes, big-endian.
final class HeaderBytes {

    // "SSS1": the last byte is the format's version
    private static final int FIRST = 0x53535331;

    // "SSS2": as the first, and behind it how the stakers' share was shared out
    private static final int SECOND = 0x53535332;

    private static final int SHARED_OUT = 8 + Sha256.LENGTH;

    private static final int FIXED = 4 + 4 * 8 + 2 * Sha256.LENGTH + Ed25519.KEY_LENGTH + 8 * 8 + 2 + 4;
    private static final int RANGE = 2 + 2 + 6 + 6;
    private static final int LONGEST_VERSION = 255;
    private static final HexFormat HEX = HexFormat.of();

    private HeaderBytes() {}

    static byte[] write(SettlementHeader header) {
        var versions =
                header.parametersVersions().stream().map(HeaderBytes::version).toList();
        var sharedOut = header.sharedOut();
        var out = ByteBuffer.allocate(FIXED
                + (sharedOut == null ? 0 : SHARED_OUT)
                + versions.stream().mapToInt(version -> 1 + version.length).sum()
                + RANGE * header.ranges().size());
        out.putInt(sharedOut == null ? FIRST : SECOND)
                .putLong(header.epoch())
                .putLong(header.startsAt())
                .putLong(header.endsAt())
                .putLong(header.leafCount())
                .put(hex(header.root()))
                .put(hex(header.previous()))
                .put(hex(header.publicKey()));
        write(out, header.sums());
        out.putLong(header.stakersShare()).putShort((short) versions.size());
        versions.forEach(version -> out.put((byte) version.length).put(version));
        out.putInt(header.ranges().size());
        header.ranges().forEach(range -> write(out, range));
        if (sharedOut != null) {
            out.putLong(sharedOut.carried()).put(hex(sharedOut.stakesRoot()));
        }
        return out.array();
    }

    static SettlementHeader read(byte[] bytes) {
        try {
            return read(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException cut) {
            throw new IllegalArgumentException("damaged: ends too early", cut);
        }
    }

    private static SettlementHeader read(ByteBuffer in) {
        var format = in.getInt();
        if (format != FIRST && format != SECOND) {
            throw new IllegalArgumentException("no header, or one of an unknown version");
        }
        var header = new SettlementHeader(
                in.getLong(),
                in.getLong(),
                in.getLong(),
                in.getLong(),
                hex(in),
                hex(in),
                hex(in),
                sums(in),
                in.getLong(),
                versions(in),
                ranges(in),
                format == FIRST ? null : new SharedOut(in.getLong(), hex(in)));
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("damaged: " + in.remaining() + " bytes too many");
        }
        return header;
    }

    private static void write(ByteBuffer out, Sums sums) {
        out.putLong(sums.charged())
                .putLong(sums.refunded())
                .putLong(sums.operators())
                .putLong(sums.verifiers())
                .putLong(sums.stakers())
                .putLong(sums.treasury())
                .putLong(sums.insurance());
    }

    private static Sums sums(ByteBuffer in) {
        return new Sums(
                in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    private static void write(ByteBuffer out, StreamRange range) {
        out.putShort((short) range.router()).putShort((short) range.incarnation());
        position(out, range.from());
        position(out, range.to());
    }

    private static List<StreamRange> ranges(ByteBuffer in) {
        var count = in.getInt();
        if (count < 0 || count > in.remaining() / RANGE) {
            throw new IllegalArgumentException("damaged: ends too early");
        }
        var ranges = new ArrayList<StreamRange>(count);
        for (var left = count; left > 0; left--) {
            ranges.add(new StreamRange(
                    Short.toUnsignedInt(in.getShort()),
                    Short.toUnsignedInt(in.getShort()),
                    position(in),
                    position(in)));
        }
        return ranges;
    }

    private static List<String> versions(ByteBuffer in) {
        var versions = new ArrayList<String>();
        for (var left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
            var text = new byte[Byte.toUnsignedInt(in.get())];
            in.get(text);
            versions.add(text(text));
        }
        return versions;
    }

    private static String text(byte[] bytes) {
        for (var one : bytes) {
            if (one < ' ') {
                throw new IllegalArgumentException("damaged: a version is not ASCII");
            }
        }
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static byte[] version(String version) {
        var bytes = version.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > LONGEST_VERSION || !text(bytes).equals(version)) {
            throw new IllegalArgumentException("no version of parameters: " + version);
        }
        return bytes;
    }

    private static void position(ByteBuffer out, long position) {
        out.putShort((short) (position >>> 32)).putInt((int) position);
    }

    private static long position(ByteBuffer in) {
        return (long) Short.toUnsignedInt(in.getShort()) << 32 | Integer.toUnsignedLong(in.getInt());
    }

    private static byte[] hex(String digits) {
        var bytes = HEX.parseHex(digits);
        if (bytes.length != Sha256.LENGTH) {
            throw new IllegalArgumentException("not " + Sha256.LENGTH + " bytes: " + digits);
        }
        return bytes;
    }

    private static String hex(ByteBuffer in) {
        var bytes = new byte[Sha256.LENGTH];
        in.get(bytes);
        return HEX.formatHex(bytes);
    }
}
