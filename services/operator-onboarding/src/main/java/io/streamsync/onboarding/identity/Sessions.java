package io.streamsync.onboarding.identity;

import io.streamsync.onboarding.portal.Sha256;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The open sessions. A token is stored as its hash: whoever reads the table cannot sign in with it.
@Repository
class Sessions {

    /// Of one wallet: a person's devices and programs. The oldest ends for another one.
    private static final int MOST = 20;

    private final JdbcClient jdbc;

    Sessions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(String token, Wallet wallet, Instant expiresAt) {
        jdbc.sql("insert into identity_session (token_hash, wallet, expires_at) values (?, ?, ?)")
                .params(Sha256.of(token), wallet.address(), Timestamp.from(expiresAt))
                .update();
        jdbc.sql("""
                        delete from identity_session where wallet = :wallet and token_hash not in (
                            select token_hash from identity_session where wallet = :wallet
                            order by expires_at desc, token_hash limit :most)""").param("wallet", wallet.address()).param("most", MOST).update();
    }

    Optional<Wallet> wallet(String token, Instant now) {
        return jdbc.sql("select wallet from identity_session where token_hash = ? and expires_at > ?")
                .params(Sha256.of(token), Timestamp.from(now))
                .query(String.class)
                .optional()
                .map(Wallet::new);
    }

    void forget(Instant expiredBefore) {
        jdbc.sql("delete from identity_session where expires_at < ?")
                .param(Timestamp.from(expiredBefore))
                .update();
    }
}
