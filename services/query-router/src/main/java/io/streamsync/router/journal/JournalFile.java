package io.streamsync.router.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// An open file of the journal's disk.
interface JournalFile extends Closeable {

    long size() throws IOException;

    /// Writes all that remains in the buffer, from the offset on.
    void write(ByteBuffer bytes, long offset) throws IOException;

    /// Reads some bytes, or none at the file's end.
    ///
    /// @return how many, or -1 at the end
    int read(ByteBuffer into, long offset) throws IOException;

    /// Returns once all that was written before survives the loss of power.
    void sync() throws IOException;

    void truncate(long size) throws IOException;
}
