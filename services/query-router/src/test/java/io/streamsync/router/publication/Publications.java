package io.streamsync.router.publication;

import io.streamsync.router.journal.Journal;
import java.net.URI;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Parts of this package for the tests of others.
public final class Publications {

    private Publications() {}

    /// No call of it can even be made.
    public static BillingEndpoint unusableEndpoint() {
        return new BillingEndpoint(
                URI.create("none:///"), "Bearer", JsonMapper.builder().build(), Runnable::run);
    }

    /// @param unfinished earlier incarnations whose streams have not ended
    public static HighWaterMarks marks(Journal journal, Integer... unfinished) {
        return new HighWaterMarks(journal, List.of(unfinished), System::nanoTime);
    }
}
