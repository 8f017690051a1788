package io.streamsync.system;

import static io.streamsync.system.FaultyMarket.PAYS;
import static io.streamsync.system.FaultyMarket.REFUSES;
import static io.streamsync.system.FaultyMarket.REPEATS;
import static io.streamsync.system.FaultyMarket.WAITS;
import static io.streamsync.system.OperatorWallet.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Market.Account;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Money on its way out of a market, a customer's and operators', by every way that the sandbox shows.
final class Leaving {

    private static final String DEPOSIT = "1.00";

    /// What has to be left of it: what the sandbox refused has come back.
    private static final String LEFT = "0.50";

    /// Of the sandbox's slow transfers, and of one whose worker died: 10 s each, and the questions between.
    private static final Duration ENDED = Duration.ofMinutes(1);

    private final FaultyMarket market;
    private final Account customer;

    /// By the address that each goes to.
    private final Map<String, String> withdrawals;

    private final Map<String, String> payouts = new LinkedHashMap<>();

    private Leaving(FaultyMarket market, Account customer, Map<String, String> withdrawals) {
        this.market = market;
        this.customer = customer;
        this.withdrawals = withdrawals;
    }

    /// Asks for it, but for what would be paid at once.
    static Leaving start(FaultyMarket market) {
        var customer = market.openAccount(DEPOSIT);
        var leaving = new Leaving(
                market,
                customer,
                Map.of(
                        WAITS, withdraw(customer, "0.40", WAITS),
                        REFUSES, withdraw(customer, "0.30", REFUSES),
                        REPEATS, withdraw(customer, "0.10", REPEATS)));
        List.of(REFUSES, REPEATS, WAITS).forEach(leaving::payOut);
        assertThat(leaving.payoutStatus(WAITS)).isEqualTo("PENDING");
        return leaving;
    }

    /// All that is payable to the operator who is paid there.
    void payOut(String address) {
        var operator = market.payouts(address);
        payouts.put(address, operator.made(operator.payable().toPlainString()));
    }

    String payoutStatus(String address) {
        return market.payouts(address).status(payout(address));
    }

    void awaitPaid(String address) {
        await().atMost(ENDED).until(() -> "PAID".equals(payoutStatus(address)));
    }

    /// Everything has ended as the sandbox says, once; the money is where the market says it is.
    void awaitEnd() {
        await().atMost(ENDED).untilAsserted(() -> {
            assertThat(payouts.keySet().stream().collect(Collectors.toMap(address -> address, this::payoutStatus)))
                    .isEqualTo(Map.of(PAYS, "PAID", WAITS, "PAID", REPEATS, "PAID", REFUSES, "FAILED"));
            assertThat(withdrawals.keySet().stream()
                            .collect(Collectors.toMap(address -> address, this::withdrawalStatus)))
                    .isEqualTo(Map.of(WAITS, "PAID", REPEATS, "PAID", REFUSES, "FAILED"));
        });
        assertThat(market.payouts(REFUSES).find(payout(REFUSES)).path("reason").asString())
                .isEqualTo("The sandbox refuses what goes to this address.");
    }

    /// What is left is what did not leave.
    void check() {
        assertThat(Books.decimal(customer.state(), "balance")).isEqualByComparingTo(LEFT);
        assertThat(Books.sum(customer.management().items("/v1/account/entries"), "amount"))
                .isEqualByComparingTo(LEFT);
        Stream.of(PAYS, WAITS, REPEATS, REFUSES)
                .map(market::payouts)
                .forEach(operator -> await().atMost(ENDED).untilAsserted(operator::check));
    }

    private String payout(String address) {
        return Objects.requireNonNull(payouts.get(address));
    }

    private String withdrawalStatus(String address) {
        return customer.management()
                .get("/v1/account/withdrawals/" + withdrawals.get(address))
                .text("/status");
    }

    private static String withdraw(Account customer, String amount, String destination) {
        var asked = customer.management()
                .post(
                        "/v1/account/withdrawals",
                        body().put("amount", amount)
                                .put("destination", destination)
                                .toString());
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        return asked.text("/withdrawalId");
    }
}
