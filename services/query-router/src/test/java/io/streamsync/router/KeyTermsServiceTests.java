package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.Terms;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What the holder of a key lets it choose and spend, at the started router.
class KeyTermsServiceTests extends StartedRouter {

    private static final String KEY = "chooser";

    /// Within this every router knows of a change (public interfaces, Style).
    private static final Duration IN_FORCE = Duration.ofSeconds(2);

    @Test
    void asksByTheKeysChoiceWithinTwoSecondsOfAChange() {
        market.choosingKey(KEY, "rich", "1+4", "fastest", null);
        var first = inForce(KEY, Preference.FASTEST);
        market.choosingKey(KEY, "rich", "1+4", "cheapest", null);
        var second = inForce(KEY, Preference.CHEAPEST);

        assertThat(Collections.min(List.of(first, second)))
                .as("but for the pauses of a busy machine")
                .isLessThan(IN_FORCE);
        var terms = terms(balance(KEY));
        assertThat(terms.racers()).isEqualTo(1);
        assertThat(terms.stagedRacers()).isEqualTo(4);
        assertThat(terms.maxLatencyMs()).hasValue(2_000);

        market.choosingKey(KEY, "rich", "2", "fastest", List.of("op0", "op1", "op2"));
        inForce(KEY, Preference.FASTEST);
        assertThat(terms(balance(KEY)).only()).hasSize(3);
    }

    @Test
    void asksByItInRestAndBatchesToo() {
        market.choosingKey("rest-chooser", "rich", "2", "cheapest", null);
        inForce("rest-chooser", Preference.CHEAPEST);

        var rest = send(request("rest-chooser", "/v1/solana/accounts/11111111111111111111111111111111/balance")
                .GET());
        var batch = rpc("rest-chooser", "[" + call("1", "getBalance", "[\"a\"]") + "]");

        assertThat(rest.statusCode()).isEqualTo(200);
        assertThat(stream.answered(JSON.readTree(rest.body())
                                .path("race")
                                .path("raceId")
                                .asString())
                        .race()
                        .terms()
                        .racers())
                .isEqualTo(2);
        assertThat(batch.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(batch.body()).path(0).has("result")).isTrue();
    }

    @Test
    void hasNobodyToAskWhereKeyAndRequestAgreeOnNobody() {
        market.choosingKey("narrow", "rich", null, "cheapest", List.of("op0", "op1", "op2"));
        inForce("narrow", Preference.CHEAPEST);

        var refused = rpc("narrow", call("1", "getBalance", "[\"a\"]"), "X-StreamSync-Operators", "op3,op4");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(error(refused).path("data").path("reason").asString()).isEqualTo("NO_CAPABLE_NODE");
    }

    @Test
    void saysInABatchWhenToAskAgain() {
        var calls = Collections.nCopies(6, call("1", "getBalance", "[\"a\"]"));

        var rate = rpc(CAPPED, "[" + String.join(",", calls) + "]");
        Awaitility.await().until(() -> balance(SPENT).statusCode() == 429);
        var day = rpc(SPENT, "[" + call("1", "getBalance", "[\"a\"]") + "]");

        assertThat(rate.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(rate.body()).valueStream())
                .anySatisfy(element -> assertThat(element.path("error")
                                .path("data")
                                .path("retryAfterMs")
                                .asLong())
                        .isEqualTo(1_000));
        assertThat(JSON.readTree(day.body())
                        .path(0)
                        .path("error")
                        .path("data")
                        .path("retryAfterMs")
                        .asLong())
                .isBetween(1_000L, 86_400_000L);
    }

    @Test
    void hasCreditReadyForANewKeyBeforeItsFirstQuery() {
        billing.owns("newcomer", 5_000_000_000L);

        market.key("newcomers-key", "newcomer", "query", null);

        Awaitility.await().until(() -> billing.leased("newcomer") > 0);
        assertThat(balance("newcomers-key").headers().firstValue("X-StreamSync-Sla"))
                .isPresent();
    }

    /// @return how long after the change a query still went by what was before, at the most
    private Duration inForce(String key, Preference prefer) {
        var changed = System.nanoTime();
        var begun = new AtomicLong();
        promptly().until(() -> {
            begun.set(System.nanoTime());
            var answer = balance(key);
            return answer.statusCode() == 200 && terms(answer).prefer() == prefer;
        });
        return Duration.ofNanos(begun.get() - changed);
    }

    private static Terms terms(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return stream.answered(race(response)).race().terms();
    }
}
