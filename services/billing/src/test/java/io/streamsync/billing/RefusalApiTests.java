package io.streamsync.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;

/// Whatever comes in is answered by a code, and breaks nothing.
@BillingTest
class RefusalApiTests {

    private static final String HUGE = "9".repeat(400);

    private static final List<String> BODIES = List.of(
            "",
            " ",
            "{",
            "[]",
            "[[]]",
            "null",
            "true",
            "5",
            "\"text\"",
            "{\"\":1}",
            "{\"amount\":" + HUGE + ",\"asset\":\"USDC\",\"rail\":\"sandbox\"}",
            "{\"amount\":\"" + HUGE + "\",\"asset\":\"USDC\",\"rail\":\"sandbox\"}",
            "{\"amount\":-1,\"asset\":\"USDC\",\"rail\":\"sandbox\"}",
            "{\"amount\":1e400,\"asset\":\"USDC\",\"rail\":\"sandbox\"}",
            "{\"amount\":true,\"asset\":\"USDC\",\"rail\":\"sandbox\"}",
            "{\"amount\":\"1\",\"asset\":\"usdc\",\"rail\":\"sandbox\"}",
            "{\"amount\":\"1\",\"asset\":\"USDC\",\"rail\":\"\\u0000\"}",
            "{\"amount\":\"\\u0000\",\"asset\":\"USDC\",\"rail\":\"sandbox\"}",
            "{\"rateCap\":" + HUGE + "}",
            "{\"name\":\"\\u0000\"}",
            "{\"name\":\"\\ud800\",\"scope\":\"none\"}",
            "{\"name\":{}}",
            "{\"dailyCap\":[1]}",
            "[".repeat(5_000));

    @Autowired
    Http http;

    @ParameterizedTest
    @MethodSource("writes")
    void answersEveryBodyWithACode(String method, String path) {
        var customer = http.customer("1");
        for (var body : BODIES) {
            var answer = switch (method) {
                case "PATCH" -> http.patch(path, body, customer.manage());
                case "PUT" -> http.put(path, body, customer.manage());
                default -> http.post(path, body, customer.manage());
            };
            assertThat(answer.status()).as(body).isBetween(400, 499);
            assertThat(answer.text("code")).as(body).isNotEmpty();
            assertThat(answer.response().headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("1");
        assertThat(http.get("/v1/account/keys", customer.manage()).json().path("items"))
                .hasSize(2);
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                Arguments.of("POST", "/v1/account/deposits"),
                Arguments.of("POST", "/v1/account/withdrawals"),
                Arguments.of("PUT", "/v1/account/alerts"),
                Arguments.of("POST", "/v1/account/keys"),
                Arguments.of("PATCH", "/v1/account"));
    }

    @Test
    void opensNoAccountForWhatNobodyCanRead() {
        for (var body : List.of("{", "[]", "5", "\"text\"", "[".repeat(5_000))) {
            assertThat(http.post("/v1/accounts", body).problem()).as(body).isEqualTo("400 INVALID_REQUEST");
        }
        assertThat(http.post("/v1/accounts", "").status()).isEqualTo(201);
        assertThat(http.post("/v1/accounts", "{}").status()).isEqualTo(201);
    }

    @Test
    void wantsAKeyWhereverMoneyIsShownOrMoved() {
        for (var path : List.of(
                "/v1/account",
                "/v1/account/usage",
                "/v1/account/refunds",
                "/v1/account/entries",
                "/v1/account/keys",
                "/v1/account/deposits/dep_x",
                "/v1/account/withdrawals",
                "/v1/account/withdrawals/wd_x",
                "/v1/account/alerts",
                "/v1/account/alerts/deliveries",
                "/v1/races")) {
            assertThat(http.get(path).problem()).as(path).isEqualTo("401 INVALID_KEY");
            assertThat(http.get(path, "X-API-Key", "").problem()).as(path).isEqualTo("401 INVALID_KEY");
            assertThat(http.get(path, "Authorization", "Bearer " + HUGE).problem())
                    .as(path)
                    .isEqualTo("401 INVALID_KEY");
            assertThat(http.get(path, "Authorization", "Basic eDp5").problem())
                    .as(path)
                    .isEqualTo("401 INVALID_KEY");
        }
        assertThat(http.patch("/v1/account", "{\"rateCap\":1}").problem()).isEqualTo("401 INVALID_KEY");
        assertThat(http.post("/v1/account/deposits", "{").problem()).isEqualTo("401 INVALID_KEY");
        assertThat(http.post("/v1/account/withdrawals", "{").problem()).isEqualTo("401 INVALID_KEY");
        assertThat(http.put("/v1/account/alerts", "{").problem()).isEqualTo("401 INVALID_KEY");
    }

    @Test
    void findsNothingOfOthersAndNothingThatIsNot() {
        var mine = http.customer("1");
        var others = http.customer("1");
        var keyId = http.get("/v1/account/keys", others.manage())
                .json()
                .path("items")
                .path(0)
                .path("keyId")
                .asString();

        for (var id : List.of(keyId, "key_none", "%00", "x".repeat(300), "%F0%9F%92%A9", "..%2F..")) {
            assertThat(http.delete("/v1/account/keys/" + id, mine.manage()).status())
                    .as(id)
                    .isIn(400, 404);
            assertThat(http.get("/v1/account/deposits/" + id, mine.manage()).status())
                    .as(id)
                    .isIn(400, 404);
            assertThat(http.get("/v1/account/withdrawals/" + id, mine.manage()).status())
                    .as(id)
                    .isIn(400, 404);
            assertThat(http.delete("/v1/account/withdrawals/" + id, mine.manage())
                            .status())
                    .as(id)
                    .isIn(400, 404);
            assertThat(http.get("/v1/races/" + id).status()).as(id).isIn(400, 404);
            assertThat(http.get("/v1/races?batch=" + id, mine.ask()).status())
                    .as(id)
                    .isIn(200, 400);
            assertThat(http.get("/v1/snapshots/" + id).status()).as(id).isIn(400, 404);
            assertThat(http.get("/v1/epochs/" + id).status()).as(id).isIn(400, 404);
        }
        assertThat(http.get("/v1/account", "X-API-Key", others.apiKey()).status())
                .isEqualTo(200);
    }

    @Test
    void servesNothingButWhatItServes() {
        assertThat(http.post("/v1/races", "{}").status()).isEqualTo(405);
        assertThat(http.delete("/v1/account").status()).isEqualTo(405);
        assertThat(http.get("/v1/accounts").status()).isEqualTo(405);
        assertThat(http.get("/v1/nothing").problem()).isEqualTo("404 NOT_FOUND");
        assertThat(http.get("/internal/nothing").status()).isEqualTo(401);
    }
}
