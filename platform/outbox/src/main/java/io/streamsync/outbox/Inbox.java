package io.streamsync.outbox;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Remembers which events a consumer has taken in, in the transaction of their effect.
public class Inbox {

    private final JdbcClient jdbc;

    Inbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Whether this consumer meets the event for the first time; then it is remembered, if the transaction commits.
    ///
    /// @throws IllegalStateException outside a transaction
    public boolean isNew(String consumer, String eventId) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("an event is taken in within the transaction of its effect");
        }
        return jdbc.sql("insert into inbox_event (consumer, event_id) values (?, ?) on conflict do nothing")
                        .params(consumer, eventId)
                        .update()
                == 1;
    }
}
