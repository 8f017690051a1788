package io.streamsync.onboarding.identity;

import java.sql.Timestamp;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The challenges that were issued. Using one is a single statement, so that of two requests one wins.
@Repository
class Challenges {

    private final JdbcClient jdbc;

    Challenges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Challenge challenge) {
        jdbc.sql("insert into identity_challenge (nonce, wallet, message, expires_at) values (?, ?, ?, ?)")
                .params(
                        challenge.nonce(),
                        challenge.wallet().address(),
                        challenge.message(),
                        Timestamp.from(challenge.expiresAt()))
                .update();
    }

    /// Whether the challenge of this nonce said exactly this to this wallet.
    boolean issued(String nonce, Wallet wallet, String message) {
        return jdbc.sql("select wallet, message from identity_challenge where nonce = ?")
                .param(nonce)
                .query((row, n) ->
                        wallet.address().equals(row.getString("wallet")) && message.equals(row.getString("message")))
                .optional()
                .orElse(false);
    }

    /// Whether this call used the nonce: false when it was used before or is over.
    boolean use(String nonce, Instant now) {
        return jdbc.sql("""
                        update identity_challenge set used_at = :now
                        where nonce = :nonce and used_at is null and expires_at > :now""")
                        .param("nonce", nonce)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
    }

    boolean isUsed(String nonce) {
        return jdbc.sql("select used_at is not null from identity_challenge where nonce = ?")
                .param(nonce)
                .query(Boolean.class)
                .single();
    }

    void forget(Instant expiredBefore) {
        jdbc.sql("delete from identity_challenge where expires_at < ?")
                .param(Timestamp.from(expiredBefore))
                .update();
    }
}
