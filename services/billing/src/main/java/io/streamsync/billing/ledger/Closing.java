package io.streamsync.billing.ledger;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/// Until when the books are closed. What is booked later counts as of then at the earliest: what was told of a time
/// before stays as it was told.
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Closing {

    private final JdbcClient jdbc;

    Closing(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Stays so until the caller's transaction ends. To be called before accounts are locked.
    public Instant until() {
        return jdbc.sql("select until from ledger_closing for share")
                .query((row, number) -> row.getTimestamp("until").toInstant())
                .single();
    }

    /// Waits for everybody who is booking, and lets nobody book before the caller's transaction ends. The table is
    /// locked, not its row: whoever wants a share of a row passes those who wait to have it alone, and with several
    /// partitions somebody is always posting.
    public void lock() {
        jdbc.sql("lock table ledger_closing in exclusive mode").update();
    }

    /// Closes the books until then. They never open again.
    public void close(Instant until) {
        jdbc.sql("update ledger_closing set until = greatest(until, ?)")
                .param(Timestamp.from(until))
                .update();
    }
}
