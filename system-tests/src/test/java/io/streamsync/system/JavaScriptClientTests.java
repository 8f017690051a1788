package io.streamsync.system;

import io.streamsync.system.Market.Account;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// JavaScript clients that know nothing of StreamSync, changed by their URL only; their own log is the ledger.
class JavaScriptClientTests {

    private final Account account = Market.running().openAccount("1.00");

    @ParameterizedTest
    @ValueSource(strings = {"web3js", "history", "spl-token", "own-writes", "kit"})
    void worksAndIsChargedWhatItsAnswersSaid(String script) {
        var client = JavaScriptClient.run(account, script, List.of());

        Books.agree(account, "1.00", client.log());
    }
}
