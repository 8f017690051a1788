package io.streamsync.billing.settlement;

import io.streamsync.protocol.settlement.StakeShares;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The stakes that windows' shares were reckoned with, as their roots are over them.
@Repository
class SettledStakes {

    private final JdbcClient jdbc;

    SettledStakes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(long place, StakeShares shares) {
        jdbc.sql("insert into settlement_stakes (place, shares) values (?, ?)")
                .params(place, shares.canonical())
                .update();
    }

    /// Empty where the window was sealed before stakes were published.
    Optional<StakeShares> find(long place) {
        return jdbc.sql("select shares from settlement_stakes where place = ?")
                .param(place)
                .query((row, number) -> StakeShares.parse(row.getBytes("shares")))
                .optional();
    }
}
