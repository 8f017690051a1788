package io.streamsync.onboarding.identity;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The nonces that opened a session. Using one is a single statement, so that of two requests one wins; only whoever
/// signed for a wallet writes here.
@Repository
class UsedNonces {

    /// Longer than clocks may be apart or set back: nobody takes a used challenge for one that is not over yet.
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient jdbc;

    UsedNonces(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Whether this call used the nonce: false when it was used before.
    boolean use(Challenge challenge) {
        return jdbc.sql("insert into identity_used_nonce (nonce, expires_at) values (?, ?) on conflict do nothing")
                        .params(challenge.nonce(), Timestamp.from(challenge.expiresAt()))
                        .update()
                == 1;
    }

    void forget(Instant now) {
        jdbc.sql("delete from identity_used_nonce where expires_at < ?")
                .param(Timestamp.from(now.minus(KEPT)))
                .update();
    }
}
