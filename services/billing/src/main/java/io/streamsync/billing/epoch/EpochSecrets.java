package io.streamsync.billing.epoch;

import io.streamsync.events.router.EpochSecret;
import io.streamsync.protocol.canonical.Sha256;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Commitments and secrets. A commitment never changes, and a secret is one only if it fits.
@Component
class EpochSecrets {

    private final JdbcClient jdbc;

    EpochSecrets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @throws IllegalArgumentException when it contradicts itself, or what the router committed to before
    @Transactional
    public void take(EpochSecret told) {
        var secret = told.secret();
        if (secret != null && !Sha256.hex(HexFormat.of().parseHex(secret)).equals(told.commitment())) {
            throw new IllegalArgumentException("a secret that is not the one committed to: epoch " + told.epoch());
        }
        var kept = jdbc.sql("""
                insert into epoch_secret as e (epoch, router, incarnation, commitment, secret) values (?, ?, ?, ?, ?)
                on conflict (epoch, router, incarnation) do update set secret = coalesce(e.secret, excluded.secret)
                    where e.commitment = excluded.commitment""")
                .param(told.epoch())
                .param(Integer.parseInt(told.routerId()))
                .param(told.incarnation())
                .param(told.commitment())
                .param(secret)
                .update();
        if (kept == 0) {
            throw new IllegalArgumentException("a second commitment of router " + told.routerId() + "/"
                    + told.incarnation() + " for epoch " + told.epoch());
        }
    }

    List<Committed> of(long firstEpoch, long lastEpoch) {
        return jdbc.sql("""
                select epoch, router, incarnation, commitment, secret from epoch_secret
                where epoch between ? and ? order by epoch desc, router, incarnation""")
                .params(firstEpoch, lastEpoch)
                .query((row, number) -> new Committed(
                        row.getLong("epoch"),
                        row.getInt("router"),
                        row.getInt("incarnation"),
                        row.getString("commitment"),
                        row.getString("secret")))
                .list();
    }

    /// Epochs that somebody committed to, newest first.
    List<Long> epochs(long before, int limit) {
        return jdbc.sql("select distinct epoch from epoch_secret where epoch < ? order by epoch desc limit ?")
                .params(before, limit)
                .query((row, number) -> row.getLong("epoch"))
                .list();
    }

    /// @param secret null until it is revealed
    record Committed(
            long epoch,
            int router,
            int incarnation,
            String commitment,
            @Nullable String secret) {}
}
