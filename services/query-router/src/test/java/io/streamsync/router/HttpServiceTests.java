package io.streamsync.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.streamsync.router.RawClient.Response;
import io.streamsync.router.node.ScriptedNode.Said;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// HTTP by the letter at the started router: what is taken in which form, and in which words the rest is refused.
class HttpServiceTests extends StartedRouter {

    private static final String CALL = call("1", "getBalance", "[\"a\"]");
    private static final String HEAD = "Host: edge\r\nX-API-Key: " + RICH + "\r\n";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            both a length and chunks    | POST / HTTP/1.1 | Content-Length: 4\\r\\nTransfer-Encoding: chunked        | 400
            two lengths                 | POST / HTTP/1.1 | Content-Length: 4\\r\\nContent-Length: 5                  | 400
            two equal lengths           | POST / HTTP/1.1 | Content-Length: 4\\r\\nContent-Length: 4                  | 400
            a list of lengths           | POST / HTTP/1.1 | Content-Length: 4, 4                                      | 400
            a negative length           | POST / HTTP/1.1 | Content-Length: -4                                        | 400
            a signed length             | POST / HTTP/1.1 | Content-Length: +4                                        | 400
            a length in words           | POST / HTTP/1.1 | Content-Length: four                                      | 400
            a length beyond longs       | POST / HTTP/1.1 | Content-Length: 99999999999999999999                      | 400
            another coding              | POST / HTTP/1.1 | Transfer-Encoding: gzip                                   | 400
            another coding before       | POST / HTTP/1.1 | Transfer-Encoding: gzip, chunked                          | 400
            another coding after        | POST / HTTP/1.1 | Transfer-Encoding: chunked, identity                      | 400
            a coding twice              | POST / HTTP/1.1 | Transfer-Encoding: chunked\\r\\nTransfer-Encoding: chunked | 400
            a hidden coding             | POST / HTTP/1.1 | Transfer-Encoding: \\u000bchunked                         | 400
            a folded coding             | POST / HTTP/1.1 | Transfer-Encoding:\\r\\n chunked                          | 400
            a space before the colon    | POST / HTTP/1.1 | Transfer-Encoding : chunked                               | 400
            chunks in HTTP/1.0          | POST / HTTP/1.0 | Transfer-Encoding: chunked                                | 400
            a second host               | POST / HTTP/1.1 | Host: other                                               | 400
            a bare line end in a header | POST / HTTP/1.1 | X-A: b\\nX-C: d                                           | 400
            a zero byte in a header     | POST / HTTP/1.1 | X-A: b\\u0000c                                            | 400
            a header without a colon    | POST / HTTP/1.1 | nonsense                                                  | 400
            another protocol            | POST / HTTP/9.9 |                                                           | 400
            no protocol                 | POST /          |                                                           | 400
            no path                     | POST            |                                                           | 400
            """)
    void refusesWhatOthersMightReadOtherwise(String name, String line, @Nullable String header, int status)
            throws IOException {
        try (var client = new RawClient(port)) {
            var more = header == null
                    ? ""
                    : header.replace("\\r", "\r")
                                    .replace("\\n", "\n")
                                    .replace("\\u000b", "\u000b")
                                    .replace("\\u0000", "\0")
                            + "\r\n";
            var refused = client.send(line + "\r\n" + HEAD + more + "\r\n").answer();

            assertRefused(refused, status);
            assertThat(refused.header("x-streamsync-race")).as(name).isNull();
            assertThat(client.isEnded()).as(name).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/{x}", "/v1/%zz", "/v1/\\", "/v1/^", "/[", "*"})
    void explainsWhatIsNoPath(String path) throws IOException {
        try (var client = new RawClient(port)) {
            var refused = client.send("GET " + path + " HTTP/1.1\r\n" + HEAD + "Origin: x\r\n\r\n")
                    .answer();

            assertThat(refused.status()).isBetween(400, 404);
            assertRefused(refused, refused.status());
        }
    }

    @Test
    void refusesARequestWithoutAHost() throws IOException {
        try (var client = new RawClient(port)) {
            assertRefused(client.send("GET /v1/network HTTP/1.1\r\n\r\n").answer(), 400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Large: ", "Cookie: ", "Authorization: Bearer "})
    void refusesGiantHeaders(String header) throws IOException {
        try (var client = new RawClient(port)) {
            var refused = client.send("POST /v1/rpc HTTP/1.1\r\n" + HEAD + header + "x".repeat(20_000) + "\r\n\r\n")
                    .answer();

            assertRefused(refused, 431);
            assertThat(JSON.readTree(refused.body()).path("error").path("code").asInt())
                    .isEqualTo(-31006);
        }
    }

    @Test
    void refusesManySmallHeadersThatAreTooMuchTogether() throws IOException {
        try (var client = new RawClient(port)) {
            assertRefused(
                    client.send("GET /v1/network HTTP/1.1\r\n" + HEAD + "A: b\r\n".repeat(5_000) + "\r\n")
                            .answer(),
                    431);
        }
    }

    @Test
    void refusesAGiantLine() throws IOException {
        try (var client = new RawClient(port)) {
            assertRefused(
                    client.send("GET /?x=" + "y".repeat(20_000) + " HTTP/1.1\r\n" + HEAD + "\r\n")
                            .answer(),
                    431);
        }
    }

    @Test
    void answersWhatCameBeforeARequestThatItRefuses() throws IOException {
        try (var client = new RawClient(port)) {
            client.send(raw(CALL) + "POST / HTTP/1.1\r\n" + HEAD + "Transfer-Encoding: gzip\r\n\r\n");

            assertAnswered(client.answer());
            assertRefused(client.answer(), 400);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://edge/v1/rpc", "http://edge:8080/", "http://edge", "HTTPS://edge/v1/rpc/" + RICH})
    void takesTheWholeUrlInTheRequestLine(String url) throws IOException {
        try (var client = new RawClient(port)) {
            assertAnswered(client.send("POST " + url + " HTTP/1.1\r\n" + HEAD + "Content-Length: " + CALL.length()
                            + "\r\n\r\n" + CALL)
                    .answer());
        }
    }

    @Test
    void takesChunksOfAnySize() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("POST / HTTP/1.1\r\n" + HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            for (var i = 0; i < CALL.length(); i++) {
                client.send("1\r\n" + CALL.charAt(i) + "\r\n");
            }

            assertAnswered(client.send("0\r\n\r\n").answer());
        }
    }

    /// One is answered in front of the server, the other by it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            /        | X-API-Key: KEY                      | CALL
            /?x=%zz  | Authorization: bearer KEY           | CALL
            /v1/rpc/KEY | Origin: https://a.example        | CALL
            /        | X-API-Key: wrong                    | CALL
            /        | Origin: x                           | CALL
            /        | X-API-Key: KEY                      | [CALL,CALL,{}]
            /        | X-API-Key: KEY                      | {"jsonrpc":"2.0","method":"getBalance"}
            /        | X-API-Key: KEY                      | {"jsonrpc":
            /        | X-API-Key: KEY && Accept-Encoding: gzip | CALL
            /        | X-API-Key: KEY && Accept-Encoding: gzip | LONG
            /        | X-API-Key: KEY && X-StreamSync-Racers: many | CALL
            """)
    void answersAlikeWhatCameWholeAndWhatCameInChunks(String path, String header, String body) throws IOException {
        var longId = '"' + "x".repeat(20_000) + '"';
        var sent = body.replace("CALL", CALL).replace("LONG", call(longId, "getBalance", "[\"a\"]"));
        var head = ("POST " + path + " HTTP/1.1\r\nHost: edge\r\n" + header.replace(" && ", "\r\n") + "\r\n")
                .replace("KEY", RICH);

        var whole = answer(head + "Content-Length: " + sent.length() + "\r\n\r\n" + sent);
        var chunked = answer(head + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(sent.length()) + "\r\n"
                + sent + "\r\n0\r\n\r\n");

        assertThat(whole.status()).isEqualTo(chunked.status());
        assertThat(constant(whole)).isEqualTo(constant(chunked));
        assertThat(whole.headers().keySet())
                .filteredOn(name -> name.startsWith("x-"))
                .containsExactlyInAnyOrderElementsOf(chunked.headers().keySet().stream()
                        .filter(name -> name.startsWith("x-"))
                        .toList());
        if (!"gzip".equals(whole.header("content-encoding"))) {
            assertThat(whole.body()).isEqualTo(chunked.body());
        }
        assertThat(whole.headers().containsKey("content-encoding")).isEqualTo(body.equals("LONG"));
    }

    private Response answer(String request) throws IOException {
        try (var client = new RawClient(port)) {
            return client.send(request).answer();
        }
    }

    /// What does not tell of one race, nor of how its length is told.
    private static Map<String, String> constant(Response answer) {
        var constant = new TreeMap<>(answer.headers());
        constant.keySet().removeIf(name -> name.startsWith("x-"));
        if (constant.containsKey("content-encoding")) {
            constant.keySet().removeAll(List.of("content-length", "transfer-encoding"));
        }
        return constant;
    }

    @Test
    void neitherAsksNorChargesForABodyWhoseEndIsBroken() throws IOException {
        var broken = CALL.replace("\"a\"", "\"broken\"");
        try (var client = new RawClient(port)) {
            client.send("POST / HTTP/1.1\r\n" + HEAD + "Transfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(broken.length()) + "\r\n" + broken + "\r\nnonsense\r\n\r\n");

            assertRefused(client.answer(), 400);
            assertThat(client.isEnded()).isTrue();
        }
        try (var client = new RawClient(port)) {
            client.send("POST / HTTP/1.1\r\n" + HEAD + "Transfer-Encoding: chunked\r\n\r\n"
                    + Integer.toHexString(broken.length()) + "\r\n" + broken + "\r\n");
            client.ends();

            assertThat(client.next()).isNull();
        }
        assertThat(balance(RICH).statusCode()).isEqualTo(200);
        assertThat(market.nodes())
                .allSatisfy(node ->
                        assertThat(node.asked()).noneMatch(asked -> asked.body().contains("broken")));
    }

    @Test
    void saysThatItWaitsForABodyThatIsHeldBack() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("POST / HTTP/1.1\r\n" + HEAD + "Expect: 100-continue\r\nContent-Length: " + CALL.length()
                    + "\r\n\r\n");

            assertThat(Objects.requireNonNull(client.next()).status()).isEqualTo(100);
            assertAnswered(client.send(CALL).answer());
        }
    }

    @Test
    void needsNoBodyToRefuseAKey() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("POST / HTTP/1.1\r\n" + HEAD.replace(RICH, "wrong") + "Expect: 100-continue\r\n"
                    + "Content-Length: 10\r\n\r\n");

            assertThat(Objects.requireNonNull(client.next()).status()).isEqualTo(401);
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void endsAConnectionThatTheClientWantsToEnd() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("POST / HTTP/1.1\r\n" + HEAD + "Connection: close\r\nContent-Length: " + CALL.length()
                    + "\r\n\r\n" + CALL);

            assertAnswered(client.answer());
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void speaksToOldClients() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("POST / HTTP/1.0\r\nX-API-Key: " + RICH + "\r\nContent-Length: " + CALL.length() + "\r\n\r\n"
                    + CALL);

            assertAnswered(client.answer());
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void answersAThousandRequestsThatAClientSendsAhead() throws IOException, InterruptedException {
        try (var client = new RawClient(port)) {
            var sending = Thread.ofVirtual().start(() -> {
                try {
                    for (var i = 0; i < 1_000; i++) {
                        client.send(raw(call(Integer.toString(i), "noSuch", "[]")));
                    }
                } catch (IOException broken) {
                    // the answers are missing then
                }
            });
            var ids = new ArrayList<Integer>();
            for (var i = 0; i < 1_000; i++) {
                var answer = client.answer();
                ids.add(JSON.readTree(answer.body()).path("id").asInt());
            }

            assertThat(ids).isSorted().hasSize(1_000);
            sending.join();
        }
    }

    @Test
    void doesNotReadOnWhileAClientIsFarAheadOfItsAnswers() throws IOException {
        market.allSay(Said.nothing());
        try (var client = new RawClient(port)) {
            client.send(raw(CALL));
            var sent = new long[1];
            var sending = Thread.ofPlatform().daemon().start(() -> {
                try {
                    var more = raw(call("1", "noSuch", "[\"" + "x".repeat(100_000) + "\"]"));
                    while (sent[0] < 200_000_000L) {
                        client.send(more);
                        sent[0] += more.length();
                    }
                } catch (IOException closed) {
                    // as it should be
                }
            });

            assertThat(client.answer().status()).isEqualTo(504);
            // what systems keep in their sockets, on both sides
            assertThat(sent[0]).isLessThan(50_000_000L);
            assertThat(sending.isAlive()).isTrue();
        }
    }

    /// Each is refused while its client sends, and the client reads only when it has sent all.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a length that is too large       | POST / HTTP/1.1          | Content-Length: LENGTH                        | 413
            a connection's last              | POST / HTTP/1.1          | Content-Length: LENGTH\\r\\nConnection: close | 413
            an old client                    | POST / HTTP/1.0          | Content-Length: LENGTH                        | 413
            a body held back                 | POST / HTTP/1.1          | Content-Length: LENGTH\\r\\nExpect: 100-continue | 413
            chunks without end               | POST / HTTP/1.1          | Transfer-Encoding: chunked                    | 413
            a query by REST                  | GET /v1/solana/blocks/1 HTTP/1.1 | Content-Length: LENGTH                | 413
            more than the other paths take   | POST /v1/quotes HTTP/1.1 | Content-Length: LENGTH\\r\\nContent-Type: application/json | 413
            a path that is not there         | POST /nothing HTTP/1.1   | Content-Length: LENGTH                        | 404
            chunks for a path that is not    | POST /nothing HTTP/1.1   | Transfer-Encoding: chunked                    | 404
            what others might read otherwise | POST / HTTP/1.1          | Transfer-Encoding: gzip                       | 400
            a giant header                   | POST / HTTP/1.1          | X-Large: LARGE                                | 431
            """)
    void letsAClientReadWhyItIsRefusedThatStillSends(String name, String line, String header, int status)
            throws IOException {
        var piece = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
        var enoughToBeRefused = 1_500_000 / piece.length();
        var all = 4_000_000 / piece.length();
        var headers = header.replace("\\r\\n", "\r\n")
                .replace("LENGTH", Integer.toString(all * piece.length()))
                .replace("LARGE", "x".repeat(20_000));
        try (var client = new RawClient(port)) {
            client.send(line + "\r\n" + HEAD + "Origin: x\r\n" + headers + "\r\n\r\n");
            for (var sent = 0; sent < all; sent++) {
                if (sent == enoughToBeRefused) {
                    Awaitility.await().until(client::isAnswered);
                }
                client.send(piece);
            }

            assertRefused(client.answer(), status);
            assertThat(client.isEnded()).as(name).isTrue();
        }
    }

    @Test
    void doesNotReadOnAndOnWhatItHasRefused() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("POST / HTTP/1.1\r\n" + HEAD + "Content-Length: 1000000000\r\n\r\n");
            assertThat(client.answer().status()).isEqualTo(413);
            var megabyte = "x".repeat(1_000_000);

            assertThatIOException().isThrownBy(() -> {
                for (var i = 0; i < 100; i++) {
                    client.send(megabyte);
                }
            });
        }
    }

    @Test
    void wantsNoWordsInTheAnswersToHead() throws IOException {
        try (var client = new RawClient(port)) {
            client.send("HEAD /v1/network HTTP/1.1\r\n" + HEAD + "Connection: close\r\n\r\n");

            var status = new StringBuilder();
            while (!status.toString().endsWith("\r\n\r\n")) {
                status.append((char) client.byteOrEnd());
            }
            assertThat(status.toString()).startsWith("HTTP/1.1 ");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"/v1/network", "/v1/quotes", "/openapi.json", "/docs", "/v1/account", "/v1/solana/blocks/1", "/"})
    void servesNothingPublicAtTheManagementPort(String path) throws IOException {
        try (var client = new RawClient(managementPort)) {
            var refused =
                    client.send("GET " + path + " HTTP/1.1\r\n" + HEAD + "\r\n").answer();

            assertThat(refused.status()).isEqualTo(404);
        }
    }

    @Test
    void stillAnswersAfterAllThis() {
        Awaitility.await().until(() -> balance(RICH).statusCode() == 200);
    }

    private static void assertAnswered(Response answer) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":90},\"value\":7},\"id\":1}");
    }

    private static void assertRefused(Response refused, int status) {
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.header("access-control-allow-origin")).isEqualTo("*");
        var body = JSON.readTree(refused.body());
        if ("application/problem+json".equals(refused.header("content-type"))) {
            assertThat(body.path("status").asInt()).isEqualTo(status);
            assertThat(body.path("code").asString()).isNotEmpty();
        } else {
            assertThat(body.path("error").path("data").path("reason").asString())
                    .isNotEmpty();
            assertThat(body.path("id").isNull()).isTrue();
        }
    }
}
