package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Market.Account;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// An answer that is larger than a router holds: the bytes of the node, and the race and the bill of any other.
class LargeAnswerTests {

    /// From here on answers flow (parameter largeAnswer).
    private static final int LARGE = 256 * 1024;

    private final Market market = Market.running();
    private final Account account = market.openAccount("1.00");

    @Test
    void hasTheBytesOfTheNodePlainAndPacked() throws Exception {
        var client = JavaScriptClient.run(account, "program-accounts", List.of());
        var log = client.log();
        var query =
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getProgramAccounts\",\"params\":[\"%s\",{\"encoding\":\"base64\",\"commitment\":\"confirmed\"}]}"
                        .formatted(client.result().path("program").asString());
        var direct = ask(market.node().url(), query, "identity").body();

        var plain = ask(account.rpcUrl(), query, "identity");
        var packed = ask(account.rpcUrl(), query, "gzip");

        assertThat(direct).hasSizeGreaterThan(LARGE);
        assertThat(plain.body()).isEqualTo(direct);
        assertThat(packed.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(packed.body()).hasSizeLessThan(direct.length / 2);
        assertThat(unpacked(packed.body())).isEqualTo(direct);
        for (var answer : List.of(plain, packed)) {
            log.add(answer.statusCode(), name -> header(answer, name));
            assertThat(header(answer, "Sla")).isEqualTo("none");
            assertThat(header(answer, "Price")).isNotEqualTo("0");
            assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
            expectConfirmed(header(answer, "Race"));
        }
        Books.agree(account, "1.00", log);
    }

    /// By the hash of what was delivered.
    private void expectConfirmed(String race) {
        await().atMost(Market.PATIENCE)
                .untilAsserted(
                        () -> assertThat(market.api().get("/v1/races/" + race).text("/status"))
                                .isIn("CONFIRMED", "UNVERIFIED"));
    }

    private static HttpResponse<byte[]> ask(URI url, String query, String coding)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept-Encoding", coding)
                .POST(BodyPublishers.ofString(query))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofByteArray());
        }
    }

    private static byte[] unpacked(byte[] packed) throws IOException {
        try (var unpacking = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return unpacking.readAllBytes();
        }
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue("X-StreamSync-" + name).orElse("");
    }
}
