package io.streamsync.billing.market;

import io.streamsync.billing.archive.SnapshotArchived;
import io.streamsync.billing.parameters.ParameterVersions;
import io.streamsync.protocol.market.QueryClass;
import java.sql.Timestamp;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Keeps a row per class and minute of what snapshots say of it, as long as nobody can trade outside of one.
@Component
class Books {

    private final JdbcClient jdbc;
    private final ParameterVersions parameters;

    Books(JdbcClient jdbc, ParameterVersions parameters) {
        this.jdbc = jdbc;
        this.parameters = parameters;
    }

    @EventListener
    void keep(SnapshotArchived archived) {
        parameters.find(archived.snapshot().parametersVersion()).ifPresent(version -> {
            for (var queryClass : QueryClass.values()) {
                keep(queryClass, Book.of(archived.snapshot(), queryClass, version), archived);
            }
        });
    }

    private void keep(QueryClass queryClass, Book book, SnapshotArchived archived) {
        var at = archived.taken().occurredAt();
        jdbc.sql("""
                insert into market_book as b (query_class, minute, taken_at, best, median, asks, capacity)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (query_class, minute) do update set taken_at = excluded.taken_at, best = excluded.best,
                    median = excluded.median, asks = excluded.asks, capacity = excluded.capacity
                    where b.taken_at <= excluded.taken_at""")
                .param(queryClass.wireName())
                .param(Timestamp.from(at.truncatedTo(ChronoUnit.MINUTES)))
                .param(Timestamp.from(at))
                .param(nullable(book.best()))
                .param(nullable(book.median()))
                .param(book.asks())
                .param(book.capacity())
                .update();
    }

    private static @Nullable Long nullable(OptionalLong nano) {
        return nano.isPresent() ? nano.getAsLong() : null;
    }
}
