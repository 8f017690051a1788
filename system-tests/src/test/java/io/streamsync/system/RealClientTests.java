package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.system.Market.Account;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.sava.core.accounts.PublicKey;
import software.sava.rpc.json.http.client.SolanaRpcClient;

/// Clients that know nothing of StreamSync, changed by their URL only.
class RealClientTests {

    private static final PublicKey TOKEN_PROGRAM =
            PublicKey.fromBase58Encoded("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");

    private final Account account = Market.running().openAccount("1.00");

    @Test
    void savaReadsAndIsAnsweredFromTheRace() {
        try (var http = HttpClient.newHttpClient()) {
            var solana = SolanaRpcClient.createClient(url(), http);

            assertThat(solana.getAccountInfo(TOKEN_PROGRAM).join().executable()).isTrue();
            assertThat(solana.getBalance(TOKEN_PROGRAM).join().lamports()).isPositive();
            assertThat(solana.getSlot().join()).isPositive();
            assertThat(solana.getLatestBlockHash().join().blockHash()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"web3js.mjs", "kit.mjs"})
    void javaScriptClientsReadAndSend(String script) throws IOException, InterruptedException {
        var process = new ProcessBuilder("node", "system-tests/clients/" + script, url().toString())
                .directory(Market.REPOSITORY.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + Market.PORT + "/v1/rpc/" + account.apiKey());
    }
}
