package io.streamsync.router.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Reads the frames of one segment one after the other. Not for use by two threads.
final class SegmentCursor {

    /// Holds the largest frame twice over, so that most reads are large.
    private static final int WINDOW = 2 * (Framing.MAX_RECORD + Framing.OVERHEAD);

    private final JournalFile file;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);

    private ByteBuffer passed = window;

    /// The file's offset of the window's first byte.
    private long start;

    SegmentCursor(JournalFile file, long offset) {
        this.file = file;
        start = offset;
    }

    /// Where the next frame begins.
    long offset() {
        return start + window.position();
    }

    /// The next frame; the cursor moves only past a sound one.
    Step next() throws IOException {
        if (!holds(Framing.OVERHEAD)) {
            return window.hasRemaining() ? new Broken() : new End();
        }
        var length = window.getInt(window.position());
        var payload = Framing.payload(length);
        if (payload < 0 || !holds(Framing.OVERHEAD + payload)) {
            return new Broken();
        }
        var bytes = window.slice(window.position() + Framing.OVERHEAD, payload);
        if (window.getInt(window.position() + Integer.BYTES) != Framing.checksum(length, bytes)) {
            return new Broken();
        }
        window.position(window.position() + Framing.OVERHEAD + payload);
        passed = bytes;
        return length == Framing.MARK ? new Mark(bytes.getLong(0)) : new Entry();
    }

    /// The bytes of the entry that was passed last.
    byte[] entry() {
        var copy = new byte[passed.remaining()];
        passed.get(0, copy);
        return copy;
    }

    /// Looks for a sound mark anywhere behind the next frame that claims to be later than a sync of `offset`.
    boolean isClaimedSynced(long offset) throws IOException {
        while (holds(Framing.MARK_BYTES)) {
            if (window.getInt(window.position()) == Framing.MARK && next() instanceof Mark(var synced)) {
                if (synced > offset) {
                    return true;
                }
            } else {
                window.position(window.position() + 1);
            }
        }
        return false;
    }

    /// Forgets what was read ahead: the file may have grown since.
    void reread() {
        start = offset();
        window.position(0).limit(0);
    }

    private boolean holds(int bytes) throws IOException {
        while (window.remaining() < bytes) {
            start = offset();
            window.compact();
            var read = file.read(window, start + window.position());
            window.flip();
            if (read <= 0) {
                return false;
            }
        }
        return true;
    }

    /// What stands at the cursor.
    sealed interface Step {}

    /// Its bytes are the cursor's [SegmentCursor#entry].
    record Entry() implements Step {}

    record Mark(long syncedOffset) implements Step {}

    /// The file ends here, between two frames.
    record End() implements Step {}

    record Broken() implements Step {}
}
