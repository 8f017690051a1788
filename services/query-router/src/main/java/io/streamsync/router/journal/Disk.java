package io.streamsync.router.journal;

import java.io.IOException;
import java.util.List;

/// The one directory that the journal lives in.
interface Disk extends AutoCloseable {

    /// The names of all files there.
    List<String> names() throws IOException;

    /// Makes a new, empty file; its name survives a crash only after [#syncNames].
    JournalFile create(String name) throws IOException;

    JournalFile open(String name) throws IOException;

    void delete(String name) throws IOException;

    void syncNames() throws IOException;

    @Override
    void close() throws IOException;
}
