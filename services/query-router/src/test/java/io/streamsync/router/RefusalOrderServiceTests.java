package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.node.ScriptedNode.Said;
import java.util.Collections;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Queries with more than one fault at the started router: the one that comes first in the public interfaces is told.
class RefusalOrderServiceTests extends StartedRouter {

    private static final String UNWILLING = "X-StreamSync-Max-Price: 0.000001";
    private static final String MISSPELT = "X-StreamSync-Racers: 9";

    @BeforeEach
    void theDayIsSpentAndNobodyAnswers() {
        Awaitility.await().until(() -> balance(SPENT).statusCode() == 429);
        market.allSay(Said.status(503));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REQUEST_TOO_LARGE before INVALID_KEY       | wrong   | large    |             | 413 | -31006
            REQUEST_TOO_LARGE before a parse error     | rich    | large    |             | 413 | -31006
            REQUEST_TOO_LARGE before INVALID_REQUEST   | rich    | batch101 | misspelt    | 413 | -31006
            INVALID_KEY before a parse error           | wrong   | nonsense |             | 401 | -31001
            INVALID_KEY before INVALID_REQUEST         | manager | getSlot  | misspelt    | 401 | -31001
            a parse error before INVALID_REQUEST       | rich    | nonsense | misspelt    | 400 | -32700
            no JSON-RPC before INVALID_REQUEST         | rich    | idless   | misspelt    | 400 | -32600
            INVALID_REQUEST before an unknown method   | rich    | noSuch   | misspelt    | 400 | -31007
            INVALID_REQUEST before RATE_LIMITED        | spent   | getSlot  | misspelt    | 400 | -31007
            an unknown method before RATE_LIMITED      | spent   | noSuch   |             | 200 | -32601
            RATE_LIMITED before NO_CAPABLE_NODE        | spent   | getSlot  | unwilling   | 429 | -31004
            NO_CAPABLE_NODE before INSUFFICIENT_CREDIT | poor    | getSlot  | unwilling   | 503 | -31003
            NO_CAPABLE_NODE before UNAVAILABLE         | unlucky | getSlot  | unwilling   | 503 | -31003
            INSUFFICIENT_CREDIT before NO_ANSWER       | poor    | getSlot  |             | 402 | -31002
            UNAVAILABLE before NO_ANSWER               | unlucky | getSlot  |             | 503 | -31008
            NO_ANSWER                                  | rich    | getSlot  |             | 504 | -31005
            """)
    void tellsTheFirstReason(String name, String who, String body, @Nullable String header, int status, int code) {
        var response = header == null
                ? rpc(caller(who), body(body))
                : rpc(
                        caller(who),
                        body(body),
                        header.equals("misspelt") ? MISSPELT.split(": ") : UNWILLING.split(": "));

        assertThat(response.statusCode()).as(name).isEqualTo(status);
        assertThat(error(response).path("code").asInt()).as(name).isEqualTo(code);
    }

    private static String caller(String who) {
        return who.equals("spent") ? SPENT : key(who);
    }

    private static String body(String kind) {
        return switch (kind) {
            case "large" -> "x".repeat(1024 * 1024 + 1);
            case "batch101" -> "[" + String.join(",", Collections.nCopies(101, call("1", "getSlot", "[]"))) + "]";
            case "idless" -> "{\"jsonrpc\":\"2.0\",\"id\":1}";
            case "nonsense" -> kind;
            default -> call("1", kind, "[]");
        };
    }
}
