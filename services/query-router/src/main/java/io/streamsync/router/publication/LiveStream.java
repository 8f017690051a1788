package io.streamsync.router.publication;

import io.streamsync.router.journal.JournalReader;
import java.io.IOException;
import java.util.List;

/// The stream of this incarnation, which is still being written.
record LiveStream(int incarnation, JournalReader reader) implements StreamSource {

    @Override
    public List<byte[]> read(long from, int maxRecords, int maxBytes) throws IOException {
        return reader.read(incarnation, from, maxRecords, maxBytes);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
