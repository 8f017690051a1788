package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.ClientLog.Entry;
import io.streamsync.system.Market.Account;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of transactions, as clients and the ledger see it.
class SendingTests {

    private final Market market = Market.running();
    private final Account account = market.openAccount("1.00");

    @Test
    void raceOnceHoweverOftenTheyAreSent() {
        var client = JavaScriptClient.run(account, "resend", List.of());

        var sent = client.log().of("sendTransaction");
        assertThat(sent).hasSize(3);
        assertThat(sent.stream().map(Entry::race).distinct()).hasSize(1);
        assertThat(sent.subList(1, 3))
                .allSatisfy(entry -> assertThat(entry.price()).isZero());
        await().atMost(Market.PATIENCE)
                .untilAsserted(() -> assertThat(market.api()
                                .get("/v1/races/" + sent.getFirst().race())
                                .text("/method"))
                        .isEqualTo("sendTransaction"));
        Books.agree(account, "1.00", client.log());
    }

    @Test
    void landAlthoughEveryNodeLostThemAtFirst() {
        var client = JavaScriptClient.run(account, "lost", market.nodes());

        assertThat(client.log().of("sendTransaction")).hasSize(1);
        Books.agree(account, "1.00", client.log());
    }
}
