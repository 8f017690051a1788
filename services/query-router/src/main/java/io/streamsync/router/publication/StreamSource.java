package io.streamsync.router.publication;

import java.io.IOException;
import java.util.List;

/// Where the records of one stream come from.
interface StreamSource extends AutoCloseable {

    /// Records from a position on, as many as there are within the bounds.
    List<byte[]> read(long from, int maxRecords, int maxBytes) throws IOException;

    @Override
    void close() throws IOException;
}
