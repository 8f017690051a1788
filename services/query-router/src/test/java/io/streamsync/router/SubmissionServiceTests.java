package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.node.ScriptedNode.Asked;
import io.streamsync.router.node.ScriptedNode.Said;
import io.streamsync.router.submission.Transactions;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// What customers submit, at the started router. Every test sends transactions of its own.
class SubmissionServiceTests extends StartedRouter {

    private static final String SENDER = "ssk_sender_0123456789";
    private static final String TIPPER = "ssk_tipper_0123456789";
    private static final String AIRDROP = call("1", "requestAirdrop", "[\"a\",1]");

    private final long seed = ThreadLocalRandom.current().nextLong();

    @Test
    void chargesATransactionOnceHoweverOftenAndInWhateverEncodingItIsSent() {
        market.allSay(SubmissionServiceTests::accepts);
        var before = market.asked();
        var first = rpc(RICH, send(seed));
        Awaitility.await().until(() -> market.asked() == before + 3);

        var again = rpc(RICH, send(seed));
        var inBase58 = rpc(RICH, call("\"my id\"", "sendTransaction", Transactions.base58(seed)));

        assertThat(price(first)).isEqualTo("0.000004");
        assertThat(List.of(again, inBase58)).allSatisfy(repeat -> {
            assertThat(repeat.statusCode()).isEqualTo(200);
            assertThat(price(repeat)).isEqualTo("0");
            assertThat(race(repeat)).isEqualTo(race(first));
            assertThat(repeat.headers().firstValue("X-StreamSync-Operator"))
                    .isEqualTo(first.headers().firstValue("X-StreamSync-Operator"));
            assertThat(JSON.readTree(repeat.body()).path("result").asString()).isEqualTo(Transactions.signature(seed));
        });
        assertThat(JSON.readTree(inBase58.body()).path("id").asString()).isEqualTo("my id");
        assertThat(market.asked()).isEqualTo(before + 3);
    }

    @Test
    void letsARepeatJoinTheFirstThatIsUnderWay() {
        market.allSay(asked -> accepts(asked).after(Duration.ofMillis(200)));
        var before = market.asked();

        var both = List.of(sending(send(seed)), sending(send(seed)));
        var responses = both.stream().map(CompletableFuture::join).toList();

        assertThat(responses).extracting(StartedRouter::race).containsOnly(race(responses.getFirst()));
        assertThat(responses).extracting(SubmissionServiceTests::price).containsExactlyInAnyOrder("0.000004", "0");
        awaitNobodyAsked();
        assertThat(market.asked()).isEqualTo(before + 3);
    }

    @Test
    void racesAgainWhatFailed() {
        market.allSay(Said.error(-32002, "Transaction simulation failed"));
        var refused = rpc(RICH, send(seed));
        market.allSay(Said.status(500));
        var unanswered = rpc(RICH, send(seed));
        market.allSay(SubmissionServiceTests::accepts);
        var accepted = rpc(RICH, send(seed));

        assertThat(error(refused).path("code").asInt()).isEqualTo(-32002);
        assertThat(unanswered.statusCode()).isEqualTo(504);
        assertThat(accepted.body()).contains(Transactions.signature(seed));
        assertThat(price(accepted)).isEqualTo("0.000004");
        assertThat(List.of(race(refused), race(unanswered), race(accepted))).doesNotHaveDuplicates();
    }

    @Test
    void racesATransactionOnceInABatch() {
        market.allSay(SubmissionServiceTests::accepts);
        var before = market.asked();

        var response = rpc(RICH, "[" + send(seed) + "," + send(seed) + "," + send(seed + 1) + "]");

        var answers = JSON.readTree(response.body());
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).path("result")).isEqualTo(answers.get(1).path("result"));
        assertThat(price(response)).isEqualTo("0.000008");
        Awaitility.await().until(() -> market.asked() == before + 6);
    }

    @Test
    void answersARepeatAlsoWhenTheKeysDayIsSpent() {
        billing.owns("sender", 5_000_000_000L);
        billing.caps("key-sender", ScriptedMarket.ASK_NANO);
        market.key(SENDER, "sender", "query", ScriptedMarket.ASK_NANO, null);
        market.allSay(SubmissionServiceTests::accepts);
        var first = Awaitility.await().until(() -> rpc(SENDER, send(seed)), sent -> sent.statusCode() == 200);

        assertThat(price(first)).isEqualTo("0.000004");
        assertThat(balance(SENDER).statusCode()).isEqualTo(429);
        assertThat(rpc(SENDER, send(seed + 1)).statusCode()).isEqualTo(429);
        assertThat(race(rpc(SENDER, send(seed)))).isEqualTo(race(first));
    }

    @Test
    void tellsTheHolderOfACappedKeyWhatItHasLeftAlsoOfARepeat() {
        billing.owns("tipper", 5_000_000_000L);
        billing.caps("key-tipper", 10 * ScriptedMarket.ASK_NANO);
        market.key(TIPPER, "tipper", "query", 10 * ScriptedMarket.ASK_NANO, null);
        market.allSay(SubmissionServiceTests::accepts);
        var first = Awaitility.await().until(() -> rpc(TIPPER, send(seed)), sent -> sent.statusCode() == 200);

        var repeat = rpc(TIPPER, send(seed));

        assertThat(price(repeat)).isEqualTo("0");
        assertThat(repeat.headers().firstValue("X-StreamSync-Balance"))
                .isEqualTo(first.headers().firstValue("X-StreamSync-Balance"))
                .hasValueSatisfying(balance -> assertThat(balance).isNotEqualTo("0"));
    }

    @Test
    void sendsAgainWhatIsNotConfirmed() {
        var known = new AtomicInteger();
        market.allSay(asked ->
                asked.body().contains("getSignatureStatuses") ? status(known.getAndIncrement() > 0) : accepts(asked));

        rpc(RICH, call("1", "sendTransaction", Transactions.base64(seed, "")));

        var again = Transactions.base64(seed, ",\"skipPreflight\":true,\"maxRetries\":0");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> asked(again) == 2);
        // two operators confirm it, and it is over
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> known.get() == 3);
        assertThat(asked(again)).isEqualTo(2);
    }

    @Test
    void asksNobodyElseForTestCoinsOnceTheyWereAskedFor() {
        market.allSay(Said.raw("").thenCloses());
        var before = market.asked();

        var response = rpc(RICH, AIRDROP);

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(price(response)).isEqualTo("0");
        assertThat(market.asked()).isEqualTo(before + 1);
        assertThat(stream.answered(race(response)).asked().places()).hasSize(1);
    }

    @Test
    void asksNobodyElseForTestCoinsAlsoWhenANodeBreaksOffOrRefuses() {
        market.allSay(
                Said.raw("HTTP/1.1 200 OK\r\nContent-Length: 90\r\n\r\n{\"json").thenCloses());
        var before = market.asked();
        assertThat(rpc(RICH, AIRDROP).statusCode()).isEqualTo(504);
        market.allSay(Said.status(503));
        assertThat(rpc(RICH, AIRDROP).statusCode()).isEqualTo(504);
        market.allSay(Said.error(-32603, "airdrop failed"));
        assertThat(rpc(RICH, AIRDROP).statusCode()).isEqualTo(504);

        assertThat(market.asked()).isEqualTo(before + 3);
    }

    @Test
    void asksOneNodeForEachTestCoinOfABatch() {
        market.allSay(_ -> Said.result('"' + Transactions.signature(seed) + '"'));
        var before = market.asked();

        var response = rpc(RICH, "[" + AIRDROP + "," + AIRDROP + "," + AIRDROP + "]", "X-StreamSync-Racers", "1+4");

        assertThat(JSON.readTree(response.body())).hasSize(3).allMatch(answer -> answer.has("result"));
        assertThat(price(response)).isEqualTo("0.000012");
        assertThat(market.asked()).isEqualTo(before + 3);
    }

    private static String send(long seed) {
        return call("1", "sendTransaction", Transactions.base64(seed, ",\"maxRetries\":0"));
    }

    private CompletableFuture<HttpResponse<String>> sending(String body) {
        return CompletableFuture.supplyAsync(() -> rpc(RICH, body, "X-StreamSync-Max-Latency", "5s"));
    }

    /// As a node does that is fine: the transaction's own signature.
    private static Said accepts(Asked asked) {
        return asked.body().contains("sendTransaction")
                ? Said.result('"' + Transactions.signatureIn(asked.body()) + '"')
                : status(true);
    }

    private static Said status(boolean confirmed) {
        var status = confirmed ? "{\"slot\":90,\"err\":null,\"confirmationStatus\":\"confirmed\"}" : "null";
        return Said.result("{\"context\":{\"slot\":90},\"value\":[" + status + "]}");
    }

    private static long asked(String params) {
        return market.nodes().stream()
                .flatMap(node -> node.asked().stream())
                .filter(asked -> asked.body().contains(params))
                .count();
    }

    private static String price(HttpResponse<String> response) {
        return response.headers().firstValue("X-StreamSync-Price").orElseThrow();
    }
}
