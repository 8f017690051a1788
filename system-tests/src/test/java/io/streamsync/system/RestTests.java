package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.system.Market.Account;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Queries as plain resources, each a race like any other.
class RestTests {

    private final Market market = Market.running();
    private final Account account = market.openAccount("1.00");
    private final ClientLog log = new ClientLog();

    @AfterEach
    void chargesWhatTheHeadersSaid() {
        Books.agree(account, "1.00", log);
    }

    @ParameterizedTest
    @CsvSource({
        "accounts/{account}, /data/value/owner",
        "accounts/{account}?encoding=base58&commitment=confirmed, /data/value/lamports",
        "accounts/{account}/balance, /data/value",
        "accounts/{account}/tokens, /data/value",
        "accounts/{account}/transactions?limit=1, /data/0/signature",
        "transactions/{signature}, /data/meta",
        "blocks/{slot}, /data/blockhash"
    })
    void answersWithTheRace(String path, String member) {
        var newest = log.add(account.queries()
                        .query(
                                "getSignaturesForAddress",
                                "[\"" + Market.wallet("alice") + "\",{\"commitment\":\"finalized\",\"limit\":1}]"))
                .json()
                .at("/result/0");

        var answer = log.add(account.queries()
                .get("/v1/solana/"
                        + path.replace("{account}", Market.wallet("alice"))
                                .replace("{signature}", newest.path("signature").asString())
                                .replace("{slot}", newest.path("slot").asString())));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var json = answer.json();
        assertThat(json.at(member).isMissingNode()).as(answer.body()).isFalse();
        assertThat(json.at("/race/raceId").asString()).isEqualTo(answer.header("Race"));
        assertThat(json.at("/race/operatorId").asString()).isEqualTo(answer.header("Operator"));
        assertThat(json.at("/race/price").asString()).isEqualTo(answer.header("Price"));
        assertThat(json.at("/race/sla").asString()).isEqualTo(answer.header("Sla"));
        assertThat(json.at("/race/latencyMs").isNumber()).isTrue();
        assertThat(json.at("/race").has("slot")).isTrue();
    }

    @Test
    void answersNullForWhatIsNotThere() {
        var answer = log.add(account.queries()
                .get("/v1/solana/accounts/" + OperatorWallet.generate().address()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/data/value").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "accounts/no-address, KEY, 400, INVALID_REQUEST",
        "blocks/next, KEY, 400, INVALID_REQUEST",
        "accounts/{account}, nobody, 401, INVALID_KEY",
        "accounts/{account}?racers=9, KEY, 400, INVALID_REQUEST",
        "accounts/{account}?max-price=0.000000001, KEY, 503, NO_CAPABLE_NODE",
        "compressed-accounts/{account}, KEY, 503, NO_CAPABLE_NODE",
        "nothing, KEY, 404, NOT_FOUND"
    })
    void refusesWithTheSameReasonAsAProblem(String path, String key, int status, String code) {
        var caller = "KEY".equals(key) ? account.queries() : market.api().as(key);

        var refused = log.add(caller.get("/v1/solana/" + path.replace("{account}", Market.wallet("alice"))));

        assertThat(refused.status()).as(refused.body()).isEqualTo(status);
        assertThat(refused.text("/code")).isEqualTo(code);
        assertThat(refused.response().headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void refusesWithoutCredit() {
        var refused = market.openAccount("0").queries().get("/v1/solana/accounts/" + Market.wallet("alice"));

        assertThat(refused.status()).isEqualTo(402);
        assertThat(refused.text("/code")).isEqualTo("INSUFFICIENT_CREDIT");
    }

    @Test
    void letsPagesOfAnyOriginAsk() {
        var preflight = market.api()
                .send(
                        "OPTIONS",
                        "/v1/rpc/" + account.apiKey(),
                        "",
                        "Origin",
                        "https://wallet.example",
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "content-type,solana-client,x-streamsync-max-latency");
        var answer = log.add(account.queries().query("getSlot", "[]", "Origin", "https://wallet.example"));

        assertThat(preflight.status()).isBetween(200, 204);
        assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(preflight, "Access-Control-Allow-Headers")).containsIgnoringCase("x-streamsync-max-latency");
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(answer, "Access-Control-Expose-Headers"))
                .containsIgnoringCase("X-StreamSync-Race")
                .containsIgnoringCase("X-StreamSync-Price");
    }

    private static String header(Api.Reply reply, String name) {
        return reply.response().headers().firstValue(name).orElse("");
    }
}
