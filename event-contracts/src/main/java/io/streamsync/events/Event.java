package io.streamsync.events;

import java.time.Instant;

/// What every JSON event carries. Fields are only ever added, optional; a new meaning is a new record and topic.
public interface Event {

    /// Unique per event: a consumer that has seen it does nothing.
    String eventId();

    Instant occurredAt();

    int schemaVersion();
}
