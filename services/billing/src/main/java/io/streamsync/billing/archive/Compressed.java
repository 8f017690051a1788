package io.streamsync.billing.archive;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import io.streamsync.protocol.record.Frame;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Frames as they are kept: as frames of Zstandard (RFC 8878) at the speed of posting rather than the smallest size.
final class Compressed {

    private static final int FASTEST = 1;

    /// The first byte of zlib's format (RFC 1950), which frames were kept in before; Zstandard's is 0x28.
    private static final byte ZLIB = 0x78;

    private Compressed() {}

    /// Bytes of frames, one after the other in the same memory: the library takes a megabyte for its tables.
    static byte[][] of(List<byte[]> frames) {
        try (var context = new ZstdCompressCtx().setLevel(FASTEST)) {
            return frames.stream().map(context::compress).toArray(byte[][]::new);
        }
    }

    /// @throws IllegalStateException when it is not what was kept
    static Frame frame(byte[] compressed) {
        return Frame.decode(compressed[0] == ZLIB ? inflate(compressed) : decompress(compressed));
    }

    private static byte[] decompress(byte[] compressed) {
        var size = Zstd.getFrameContentSize(compressed);
        if (size <= 0) {
            throw new IllegalStateException("an archived frame is damaged");
        }
        return Zstd.decompress(compressed, Math.toIntExact(size));
    }

    private static byte[] inflate(byte[] deflated) {
        try (var inflater = new Inflater()) {
            inflater.setInput(deflated);
            var out = new ByteArrayOutputStream(deflated.length * 3);
            var chunk = new byte[16 * 1024];
            while (!inflater.finished()) {
                var count = inflater.inflate(chunk);
                if (count == 0 && !inflater.finished()) {
                    throw new IllegalStateException("an archived frame is cut short");
                }
                out.write(chunk, 0, count);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new IllegalStateException("an archived frame is damaged", e);
        }
    }
}
