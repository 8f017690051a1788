package io.streamsync.outbox;

import io.streamsync.events.Event;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/// Where a service puts the facts it tells. A fact leaves if, and only if, the transaction that put it here commits.
public class Outbox {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final OutboxRelay relay;

    Outbox(JdbcClient jdbc, JsonMapper json, OutboxRelay relay) {
        this.jdbc = jdbc;
        this.json = json;
        this.relay = relay;
    }

    /// Adds a fact to the caller's transaction.
    ///
    /// @param key facts of one key arrive in the order in which they were added
    /// @throws IllegalStateException outside a transaction: the fact and its cause could come apart
    public void add(String topic, String key, Event event) {
        addBytes(topic, key, json.writeValueAsBytes(event));
    }

    /// Adds a message that is not JSON to the caller's transaction.
    ///
    /// @throws IllegalStateException outside a transaction
    public void addBytes(String topic, String key, byte[] value) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("an event is told in the transaction of its cause");
        }
        jdbc.sql("insert into outbox_message (topic, key, value) values (?, ?, ?)")
                .params(topic, key, value)
                .update();
        if (!TransactionSynchronizationManager.hasResource(this)) {
            TransactionSynchronizationManager.bindResource(this, true);
            TransactionSynchronizationManager.registerSynchronization(new Nudge());
        }
    }

    private final class Nudge implements TransactionSynchronization {

        @Override
        public void afterCommit() {
            relay.nudge();
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(Outbox.this);
        }
    }
}
