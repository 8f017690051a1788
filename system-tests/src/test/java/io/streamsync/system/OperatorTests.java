package io.streamsync.system;

import static io.streamsync.system.OperatorWallet.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Market.Account;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// An operator from the wallet to the first race it wins, with no person involved.
class OperatorTests {

    private static final int NODE_PORT = Market.PORT_BASE + 190;
    private static final String ENDPOINT = "http://127.0.0.1:" + NODE_PORT;
    private static final Duration ADMISSION = Duration.ofSeconds(60);

    private final Market market = Market.running();
    private final OperatorWallet wallet = OperatorWallet.generate();
    private final Api session = wallet.signIn(market.api());
    private Process process;

    @BeforeEach
    void startNode() throws IOException {
        process = new ProcessBuilder(
                        "node",
                        "devnet/node.mjs",
                        "--port",
                        Integer.toString(NODE_PORT),
                        "--sequencer",
                        "http://127.0.0.1:" + (Market.PORT_BASE + 98))
                .directory(Market.REPOSITORY.toFile())
                .redirectErrorStream(true)
                .redirectOutput(
                        Redirect.to(Market.HOME.resolveSibling("newcomer.log").toFile()))
                .start();
    }

    @AfterEach
    void stopNode() {
        process.destroy();
        process.onExit().join();
    }

    @Test
    void isAdmittedByChecksAloneAndWinsRaces() {
        var operator = session.post(
                "/v1/operators",
                body().put("name", "Newcomer")
                        .put("payoutAddress", wallet.address())
                        .toString());
        var operatorId = operator.text("/operatorId");
        var home = "/v1/operators/" + operatorId;

        assertThat(operator.status()).isEqualTo(201);
        assertThat(list(home).text("/code")).isEqualTo("STAKE_REQUIRED");
        assertThat(stake(home, "9999").text("/code")).isEqualTo("STAKE_BELOW_MINIMUM");
        assertThat(stake(home, "10000").status()).isEqualTo(201);

        var listed = list(home);
        assertThat(listed.status()).isEqualTo(201);
        proveControl(operatorId);
        var node = home + "/nodes/" + listed.text("/nodeId");
        await().atMost(ADMISSION)
                .until(() -> session.post(node + "/checks", "").status() < 300
                        && "PROBATION".equals(session.get(node).text("/state")));
        assertThat(session.send(
                                "PUT",
                                node + "/asks/lookup",
                                "{\"price\":\"0.000002\",\"maxLatencyMs\":200,\"capacity\":100}")
                        .status())
                .isBetween(200, 201);

        assertThat(quoted(operatorId)).isTrue();
        assertThat(wins(operatorId)).isTrue();
    }

    private boolean quoted(String operatorId) {
        await().atMost(Duration.ofSeconds(4))
                .until(() -> market.api()
                        .post("/v1/quotes", "{\"method\":\"getBalance\"}")
                        .body()
                        .contains(operatorId));
        return true;
    }

    /// On probation beside five active operators it races by exploration only, one race in ten.
    private boolean wins(String operatorId) {
        Account account = market.openAccount("1.00");
        for (int query = 0; query < 500; query++) {
            var answer = account.queries()
                    .query("getBalance", "[\"11111111111111111111111111111111\"]", "X-StreamSync-Prefer", "cheapest");
            if (operatorId.equals(answer.header("Operator"))) {
                return true;
            }
        }
        return false;
    }

    private void proveControl(String operatorId) {
        await().atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> new Api(URI.create(ENDPOINT))
                                .post(
                                        "/control",
                                        body().put("operatorId", operatorId).toString())
                                .status()
                        == 200);
    }

    private Api.Reply list(String home) {
        return session.post(home + "/nodes", body().put("endpoint", ENDPOINT).toString());
    }

    private Api.Reply stake(String home, String amount) {
        return session.post(
                home + "/stake/deposits",
                body().put("amount", amount).put("rail", "sandbox").toString());
    }
}
