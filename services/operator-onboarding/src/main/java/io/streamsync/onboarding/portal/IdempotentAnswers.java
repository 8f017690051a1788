package io.streamsync.onboarding.portal;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// Carries out a request with an `Idempotency-Key` once and gives its answer to every repetition.
@Component
public class IdempotentAnswers {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource clock;

    IdempotentAnswers(JdbcClient jdbc, JsonMapper json, InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    /// In one transaction with the effect: a repetition waits for the first one to commit, then reads its
    /// answer. A refusal rolls back and leaves nothing, so the same key may be tried again.
    ///
    /// @param owner whose keys these are
    /// @param request what is asked, path and body: the same key with another request is refused
    @Transactional
    public <T> T once(String owner, @Nullable String key, Object request, Class<T> type, Supplier<T> effect) {
        if (key == null) {
            return effect.get();
        }
        if (!KEY.matcher(key).matches()) {
            throw Fields.invalid("Idempotency-Key", "must be 1 to 128 visible characters");
        }
        var fingerprint = Sha256.of(json.writeValueAsString(request));
        if (!claims(owner, key, fingerprint)) {
            return repeated(owner, key, fingerprint, type);
        }
        var answer = effect.get();
        jdbc.sql("update idempotent_answer set answer = ? where owner = ? and key = ?")
                .params(json.writeValueAsString(answer), owner, key)
                .update();
        return answer;
    }

    private boolean claims(String owner, String key, String fingerprint) {
        var now = clock.instant();
        return jdbc.sql("""
                        insert into idempotent_answer as kept (owner, key, fingerprint, created_at)
                        values (:owner, :key, :fingerprint, :now)
                        on conflict (owner, key) do update
                            set fingerprint = excluded.fingerprint, answer = null, created_at = excluded.created_at
                            where kept.created_at <= :over""")
                        .param("owner", owner)
                        .param("key", key)
                        .param("fingerprint", fingerprint)
                        .param("now", Timestamp.from(now))
                        .param("over", Timestamp.from(now.minus(KEPT)))
                        .update()
                == 1;
    }

    private <T> T repeated(String owner, String key, String fingerprint, Class<T> type) {
        return jdbc.sql("select fingerprint, answer from idempotent_answer where owner = ? and key = ?")
                .params(owner, key)
                .query((row, n) -> {
                    if (!fingerprint.equals(row.getString("fingerprint"))) {
                        throw new Refusal(
                                ProblemCode.IDEMPOTENCY_KEY_REUSED,
                                "This Idempotency-Key came with another request before. Take a new key.");
                    }
                    return json.readValue(row.getString("answer"), type);
                })
                .single();
    }

    @Scheduled(fixedDelay = 3_600_000)
    void forget() {
        jdbc.sql("delete from idempotent_answer where created_at <= ?")
                .param(Timestamp.from(clock.instant().minus(KEPT)))
                .update();
    }
}
