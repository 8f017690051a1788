package io.streamsync.billing.market;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Forgets minutes that are long past: their hours stay, with the last prices of each.
@Component
class MarketPruning {

    static final Duration MINUTES_KEPT = Duration.ofDays(90);

    private final JdbcClient jdbc;
    private final InstantSource clock;

    MarketPruning(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 3_600_000, initialDelay = 60_000)
    void prune() {
        var horizon = Timestamp.from(clock.instant().minus(MINUTES_KEPT));
        jdbc.sql("delete from market_minute where minute < ?").param(horizon).update();
        jdbc.sql("""
                delete from market_book b where minute < ? and exists (
                    select from market_book later where later.query_class = b.query_class and later.minute > b.minute
                      and later.minute < date_trunc('hour', b.minute, 'UTC') + interval '1 hour')""").param(horizon).update();
    }
}
