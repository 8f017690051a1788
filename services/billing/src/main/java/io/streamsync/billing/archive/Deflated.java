package io.streamsync.billing.archive;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Bytes as they are kept: in the zlib format, at the speed of posting rather than the smallest size.
final class Deflated {

    private static final int CHUNK = 16 * 1024;

    private Deflated() {}

    static byte[] of(byte[] bytes) {
        try (var deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(bytes);
            deflater.finish();
            var out = new ByteArrayOutputStream(bytes.length / 2 + 64);
            var chunk = new byte[CHUNK];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return out.toByteArray();
        }
    }

    static byte[] inflate(byte[] deflated) {
        try (var inflater = new Inflater()) {
            inflater.setInput(deflated);
            var out = new ByteArrayOutputStream(deflated.length * 3);
            var chunk = new byte[CHUNK];
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
