package io.streamsync.billing.idempotency;

import io.streamsync.billing.account.CustomerId;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.canonical.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// Carries a request out once per `Idempotency-Key` of its holder. Claim, effect and answer are one transaction: a
/// crash leaves none of them, and the same request at the same time is told so. A refusal is not kept.
@Component
public class Idempotency {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Idempotency(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// For a customer.
    @Transactional
    public <T> T once(CustomerId customer, @Nullable String key, Object request, Class<T> type, Supplier<T> effect) {
        return once("account/" + customer, key, request, type, effect);
    }

    /// @param holder whose keys these are
    /// @param key null when the client sent none: then the request is simply carried out
    /// @param request what the key stands for
    @Transactional
    public <T> T once(String holder, @Nullable String key, Object request, Class<T> type, Supplier<T> effect) {
        if (key == null) {
            return effect.get();
        }
        if (!KEY.matcher(key).matches()) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "Idempotency-Key is 1 to 128 visible ASCII characters.");
        }
        var fingerprint = Sha256.hex((request.getClass().getSimpleName() + json.writeValueAsString(request))
                .getBytes(StandardCharsets.UTF_8));
        claim(holder, key);
        forgetOld(holder);
        return claimed(holder, key, fingerprint)
                ? kept(holder, key, effect.get())
                : json.readValue(answer(holder, key, fingerprint), type);
    }

    /// Held until the end of the transaction. Keys whose 64 bits are the same, by chance, only get in each other's way.
    private void claim(String holder, String key) {
        var free = jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(?, 0))")
                .param("idempotency " + holder + " " + key)
                .query(Boolean.class)
                .single();
        if (!free) {
            throw new Refusal(
                    ProblemCode.REQUEST_IN_PROGRESS,
                    "A request with this Idempotency-Key is being carried out. Repeat it to get its answer.");
        }
    }

    private void forgetOld(String holder) {
        jdbc.sql("delete from idempotency_answer where holder = ? and created_at < now() - interval '24 hours'")
                .param(holder)
                .update();
    }

    private boolean claimed(String holder, String key, String fingerprint) {
        return jdbc.sql("""
                        insert into idempotency_answer (holder, key, fingerprint) values (?, ?, ?)
                        on conflict do nothing""").params(holder, key, fingerprint).update() == 1;
    }

    private <T> T kept(String holder, String key, T answer) {
        jdbc.sql("update idempotency_answer set answer = ? where holder = ? and key = ?")
                .params(json.writeValueAsString(answer), holder, key)
                .update();
        return answer;
    }

    private String answer(String holder, String key, String fingerprint) {
        return jdbc.sql("select answer from idempotency_answer where holder = ? and key = ? and fingerprint = ?")
                .params(holder, key, fingerprint)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Refusal(
                        ProblemCode.IDEMPOTENCY_KEY_REUSED,
                        "This Idempotency-Key came with another request before. Use a new key for a new request."));
    }
}
