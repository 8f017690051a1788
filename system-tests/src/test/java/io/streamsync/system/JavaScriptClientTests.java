package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.system.Market.Account;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// JavaScript clients that know nothing of StreamSync, changed by their URL only; their own log is the ledger.
class JavaScriptClientTests {

    private static final int PATIENCE_SECONDS = 60;

    private final Account account = Market.running().openAccount("1.00");

    @ParameterizedTest
    @ValueSource(strings = {"web3js", "history", "spl-token", "own-writes", "kit"})
    void worksAndIsChargedWhatItsAnswersSaid(String script) throws IOException, InterruptedException {
        var output = Market.HOME.resolveSibling(script + ".log");
        var log = Market.HOME.resolveSibling(script + ".prices");
        Files.deleteIfExists(log);
        var process = new ProcessBuilder(
                        "node",
                        "system-tests/clients/" + script + ".mjs",
                        account.rpcUrl().toString(),
                        log.toString())
                .directory(Market.REPOSITORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as(script + " ends: see " + output)
                .isTrue();
        assertThat(process.exitValue()).as(Market.read(output)).isZero();
        Books.agree(account, "1.00", ClientLog.read(log));
    }
}
