package io.streamsync.system;

import static io.streamsync.system.ProblemTests.expect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Whatever a body or a parameter holds, nothing is half done and nobody sees an error of the market's own.
class BadInputTests {

    private static final List<String> UNREADABLE =
            List.of("{", "nonsense", "[]", "\"text\"", "{\"amount\":}", "[".repeat(5_000), "\u0000");
    private static final List<String> UNTHINKABLE = List.of(
            "{\"amount\":{},\"price\":[],\"name\":{},\"wallet\":{},\"method\":[],\"endpoint\":{},\"scope\":[]}",
            "{\"amount\":null,\"price\":null,\"name\":null,\"wallet\":null,\"method\":null,\"endpoint\":null}",
            "{\"amount\":1e400,\"maxLatencyMs\":1e400,\"capacity\":99999999999999999999,\"rateCap\":1e400}",
            "{\"amount\":\"\\u0000\",\"name\":\"\\u0000\",\"wallet\":\"\\u0000\",\"endpoint\":\"\\u0000\",\"scope\":\"\\u0000\"}",
            "{\"amount\":\"\\ud800\",\"name\":\"\\ud800\",\"wallet\":\"\\ud800\",\"endpoint\":\"\\ud800\"}",
            "{\"amount\":\"%s\",\"name\":\"%<s\",\"wallet\":\"%<s\",\"endpoint\":\"%<s\"}"
                    .formatted("9".repeat(50_000)));

    private static final Market MARKET = Market.running();
    private static final Market.Account ACCOUNT = MARKET.openAccount("1");
    private static final Operator OPERATOR = Operator.register(MARKET, "Steadfast");

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "", textBlock = """
                    POST  | /v1/account/keys                 | manage
                    POST  | /v1/account/deposits             | manage
                    POST  | /v1/auth/challenges              |
                    POST  | /v1/auth/sessions                |
                    POST  | /v1/operators                    | session
                    PATCH | /v1/operators/{id}               | session
                    POST  | /v1/operators/{id}/stake/deposits | session
                    POST  | /v1/operators/{id}/nodes         | session
                    POST  | /v1/quotes                       |
                    """)
    void isRefusedWholeByEveryBody(String method, String path, String who) {
        var api = caller(who);
        var url = path.replace("{id}", OPERATOR.id());
        var before = state();

        UNREADABLE.forEach(body -> expect(api.send(method, url, body), 400, "INVALID_REQUEST"));
        UNTHINKABLE.forEach(body -> assertThat(api.send(method, url, body).status())
                .as("%s %s %.80s", method, url, body)
                .isBetween(200, 499));

        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "", textBlock = """
                    /v1/account/usage?groupBy={bad}    | manage
                    /v1/account/usage?from={bad}       | manage
                    /v1/account/usage?limit={bad}      | manage
                    /v1/account/entries?limit={bad}    | manage
                    /v1/account/entries?cursor={bad}   | manage
                    /v1/account/refunds?limit={bad}    | manage
                    /v1/account/refunds?to={bad}       | manage
                    /v1/account/subscriptions?from={bad} | manage
                    /v1/operators?limit={bad}          |
                    """)
    void isRefusedAsAParameter(String path, String who) {
        List.of("x", "%00", "%F0%9F", "1e9", "99999999999999999999", "%27%20or%201=1")
                .forEach(bad -> expect(caller(who).get(path.replace("{bad}", bad)), 400, "INVALID_REQUEST"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "", textBlock = """
                    /v1/races/{bad}              |
                    /v1/operators/{bad}          |
                    /v1/operators/{bad}/stake    | session
                    /v1/operators/{id}/nodes/{bad} | session
                    /v1/nodes/{bad}/reputation   |
                    /v1/account/deposits/{bad}   | manage
                    """)
    void isNothingAsAnId(String path, String who) {
        List.of("x", "%00", "%F0%9F", "..%2f..", "-1", "a;b", "%C3%A9").forEach(bad -> {
            var refused = caller(who).get(path.replace("{id}", OPERATOR.id()).replace("{bad}", bad));
            assertThat(refused.status()).as(path + " " + bad).isIn(400, 404);
            assertThat(refused.text("/code")).isIn("INVALID_REQUEST", "NOT_FOUND");
        });
    }

    private static Api caller(String who) {
        return switch (who) {
            case "manage" -> ACCOUNT.management();
            case "session" -> OPERATOR.session();
            case null, default -> MARKET.api();
        };
    }

    /// What bad input could have changed; keys may be issued with names that are odd.
    private static Map<String, JsonNode> state() {
        return Map.of(
                // what is available goes up and down with what routers lease
                "account", ACCOUNT.state().path("balance"),
                "operator", MARKET.api().get(OPERATOR.home()).json(),
                "stake", OPERATOR.get("/stake").json(),
                "nodes", OPERATOR.get("/nodes").json());
    }
}
