package io.streamsync.onboarding.publication;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Lets one transaction at a time describe what it changed. A listing has parts that different transactions
/// write: two at once would each miss the other's part, and the last one told would stay wrong.
@Component
class PublicationOrder {

    /// The lock's key: the bytes of "listings" in ASCII.
    private static final long LOCK = 0x6c697374696e6773L;

    private final JdbcClient jdbc;

    PublicationOrder(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Until the transaction ends. Whoever holds it takes no lock that another transaction may hold before this one.
    void await() {
        jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query(row -> {});
    }
}
