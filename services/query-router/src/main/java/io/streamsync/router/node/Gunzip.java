package io.streamsync.router.node;

import io.netty.buffer.ByteBuf;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// One member of gzip (RFC 1952), with nothing behind it.
final class Gunzip implements Unpacking {

    private static final int INPUT = 16 * 1024;
    private static final int TRAILER = 8;

    private final Plain packed = new Plain();
    private final GzipHead head = new GzipHead();
    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private final byte[] input = new byte[INPUT];
    private final byte[] trailer = new byte[TRAILER];
    private int inputTo;
    private int trailerLength;
    private long length;
    private boolean filled;
    private boolean closed;

    @Override
    public void add(ByteBuf piece) {
        packed.add(piece);
    }

    @Override
    public int read(byte[] into, int from, int length) throws DataFormatException {
        while (!closed) {
            if (inflater.finished()) {
                finish();
                return 0;
            }
            var count = inflater.inflate(into, from, length);
            filled = count == length;
            if (count > 0) {
                sum.update(into, from, count);
                this.length += count;
                if (inflater.finished()) {
                    finish();
                }
                return count;
            }
            if (inflater.needsDictionary()) {
                throw new DataFormatException("a dictionary that nobody has");
            }
            if (!inflater.finished() && !refill()) {
                return 0;
            }
        }
        return 0;
    }

    @Override
    public boolean isUsedUp() {
        return closed || (!filled && packed.isUsedUp() && (inflater.needsInput() || inflater.finished()));
    }

    @Override
    public boolean isWhole() {
        return inflater.finished() && trailerLength == TRAILER && packed.isUsedUp();
    }

    @Override
    public void close() {
        packed.close();
        if (!closed) {
            closed = true;
            inflater.end();
        }
    }

    private boolean refill() throws DataFormatException {
        inputTo = packed.read(input, 0, INPUT);
        var from = head.skip(input, inputTo);
        if (inputTo > from) {
            inflater.setInput(input, from, inputTo - from);
        }
        return inputTo > 0;
    }

    private void finish() throws DataFormatException {
        filled = false;
        var left = inflater.getRemaining();
        // once: what the inflater left of its input, then what still comes
        if (inputTo > 0) {
            trail(input, inputTo - left, left);
            inputTo = 0;
        }
        for (var count = packed.read(input, 0, INPUT); count > 0; count = packed.read(input, 0, INPUT)) {
            trail(input, 0, count);
        }
    }

    private void trail(byte[] bytes, int from, int count) throws DataFormatException {
        if (count > TRAILER - trailerLength) {
            throw new DataFormatException("bytes behind the end");
        }
        System.arraycopy(bytes, from, trailer, trailerLength, count);
        trailerLength += count;
        if (trailerLength == TRAILER && (number(0) != sum.getValue() || number(4) != (length & 0xffffffffL))) {
            throw new DataFormatException("another sum");
        }
    }

    private long number(int from) {
        var value = 0L;
        for (var i = 3; i >= 0; i--) {
            value = value << 8 | (trailer[from + i] & 0xff);
        }
        return value;
    }
}
