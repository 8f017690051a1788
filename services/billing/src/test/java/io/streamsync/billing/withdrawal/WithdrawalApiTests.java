package io.streamsync.billing.withdrawal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@BillingTest
class WithdrawalApiTests {

    private static final String WALLET = "CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L";
    private static final String OTHER = "SysvarC1ock11111111111111111111111111111111";

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Ledger ledger;

    @Autowired
    JdbcClient jdbc;

    @Test
    void setsTheMoneyAsideAndWaitsADayForANewDestination() {
        var customer = http.customer("5");

        var asked = withdraw(customer, "1.5");
        var read = http.get("/v1/account/withdrawals/" + asked.text("withdrawalId"), customer.manage());

        assertThat(asked.status()).isEqualTo(201);
        assertThat(asked.body()).isEqualTo(read.body());
        assertThat(asked.json().propertyNames())
                .containsExactly(
                        "withdrawalId",
                        "status",
                        "asset",
                        "amount",
                        "destination",
                        "availableAt",
                        "rail",
                        "requestedAt",
                        "reason");
        assertThat(asked.text("status")).isEqualTo("WAITING");
        assertThat(asked.text("rail")).isEqualTo("sandbox");
        assertThat(Duration.between(Instant.parse(asked.text("requestedAt")), Instant.parse(asked.text("availableAt"))))
                .isEqualTo(Duration.ofHours(24));
        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("3.5");
        assertThat(ledger.balance(Account.withdrawing(new CustomerId(customer.id()))))
                .isEqualTo(1_500_000_000);
        var newest = http.get("/v1/account/entries", customer.manage())
                .json()
                .path("items")
                .path(0);
        assertThat(newest.path("kind").asString()).isEqualTo("WITHDRAWAL");
        assertThat(newest.path("amount").asString()).isEqualTo("-1.5");
        assertThat(newest.path("balanceAfter").asString()).isEqualTo("3.5");
        assertThat(newest.path("reference").asString()).isEqualTo(asked.text("withdrawalId"));
    }

    @Test
    void paysOnceItsTimeHasComeAndLaterOnesAtOnce() {
        var customer = http.customer("5");
        var first = withdraw(customer, "1").text("withdrawalId");

        aDayPasses(customer);
        awaitStatus(customer, first, "PAID");
        var second = withdraw(customer, "2");

        assertThat(second.text("status")).isEqualTo("PENDING");
        awaitStatus(customer, second.text("withdrawalId"), "PAID");
        assertThat(withdraw(customer, "1", OTHER).text("status")).isEqualTo("WAITING");
        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("1");
        assertThat(ledger.balance(Account.withdrawing(new CustomerId(customer.id()))))
                .isEqualTo(1_000_000_000);
        assertThat(cancel(customer, first)).isEqualTo("409 STATE_CONFLICT");
    }

    @Test
    void carriesAHundredOfACustomersAtOnceAndNoMore() {
        var customer = http.customer("5");
        var asked = new ArrayList<String>();
        for (var number = 0; number < 100; number++) {
            asked.add(withdraw(customer, "0.01").text("withdrawalId"));
        }

        assertThat(withdraw(customer, "0.01").problem()).isEqualTo("409 STATE_CONFLICT");
        assertThat(http.get("/v1/account", customer.ask()).text("available")).isEqualTo("4");
        assertThat(cancel(customer, asked.getFirst())).isEqualTo("204 ");
        assertThat(withdraw(customer, "0.01").status()).isEqualTo(201);
    }

    @Test
    void givesBackWhatIsCancelled() {
        var customer = http.customer("5");
        var withdrawal = withdraw(customer, "5").text("withdrawalId");

        assertThat(cancel(customer, withdrawal)).isEqualTo("204 ");
        assertThat(cancel(customer, withdrawal)).isEqualTo("204 ");

        assertThat(http.get("/v1/account/withdrawals/" + withdrawal, customer.manage())
                        .text("status"))
                .isEqualTo("CANCELLED");
        assertThat(http.get("/v1/account", customer.ask()).text("available")).isEqualTo("5");
        assertThat(http.get("/v1/account/entries", customer.manage()).json().path("items"))
                .extracting(entry -> entry.path("kind").asString() + " "
                        + entry.path("amount").asString())
                .containsExactly("WITHDRAWAL 5", "WITHDRAWAL -5", "DEPOSIT 5");
        assertThat(withdraw(customer, "5").status()).isEqualTo(201);
    }

    @Test
    void countsNoDestinationAsKnownThatWasCancelled() {
        var customer = http.customer("5");
        var cancelled = withdraw(customer, "1").text("withdrawalId");
        cancel(customer, cancelled);
        aDayPasses(customer);

        assertThat(withdraw(customer, "1").text("status")).isEqualTo("WAITING");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    -1, 422 AMOUNT_INVALID
                    0, 422 AMOUNT_INVALID
                    0.0000000001, 422 AMOUNT_INVALID
                    9223372036.854775808, 422 AMOUNT_INVALID
                    99999999999999999999999999999, 422 AMOUNT_INVALID
                    1e3, 422 AMOUNT_INVALID
                    NaN, 422 AMOUNT_INVALID
                    '', 422 AMOUNT_INVALID
                    5.000000001, 422 BALANCE_TOO_LOW
                    9223372036.854775807, 422 BALANCE_TOO_LOW""")
    void refusesAmountsThatAreNoneOrNotThere(String amount, String problem) {
        var customer = http.customer("5");

        assertThat(withdraw(customer, amount).problem()).isEqualTo(problem);
        assertThat(http.get("/v1/account", customer.ask()).text("available")).isEqualTo("5");
        assertThat(list(customer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"amount\":\"1\"}",
                "{\"amount\":\"1\",\"destination\":null}",
                "{\"amount\":\"1\",\"destination\":\"\"}",
                "{\"amount\":\"1\",\"destination\":\"0x52908400098527886E0F7030069857D2E4169EE7\"}",
                "{\"amount\":\"1\",\"destination\":\"CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dU\"}",
                "{\"amount\":\"1\",\"destination\":\"11111111111111111111111111111111\"}",
                "{\"amount\":\"1\",\"destination\":\"https://example.com/\"}",
                "{\"amount\":\"1\",\"destination\":{}}",
                "{\"amount\":\"1\",\"destination\":\"" + WALLET + "\",\"rail\":\"cash\"}",
                "{\"amount\":null,\"destination\":\"" + WALLET + "\"}",
                "{\"destination\":\"" + WALLET + "\"}"
            })
    void refusesWhatIsNoWithdrawal(String body) {
        var customer = http.customer("5");

        assertThat(http.post("/v1/account/withdrawals", body, customer.manage()).problem())
                .isEqualTo("400 INVALID_REQUEST");
        assertThat(list(customer)).isEmpty();
    }

    @Test
    void neverPaysMoreThanThereIsHoweverManyAskAtOnce() throws Exception {
        var customer = http.customer("3");
        var requests = new ArrayList<Callable<Http.Answer>>();
        for (var times = 0; times < 8; times++) {
            requests.add(() -> withdraw(customer, "1"));
        }

        var made = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answered : threads.invokeAll(requests)) {
                if (answered.get().status() == 201) {
                    made++;
                } else {
                    assertThat(answered.get().problem()).isEqualTo("422 BALANCE_TOO_LOW");
                }
            }
        }

        assertThat(made).isEqualTo(3);
        assertThat(http.get("/v1/account", customer.ask()).text("balance")).isEqualTo("0");
    }

    @Test
    void carriesARepeatedRequestOutOnce() {
        var customer = http.customer("5");

        var first = withdraw(customer, "1", WALLET, "once");
        var again = withdraw(customer, "1", WALLET, "once");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(withdraw(customer, "2", WALLET, "once").problem()).isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
        assertThat(withdraw(customer, "1", OTHER, "once").problem()).isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
        assertThat(withdraw(customer, "6", WALLET, "too much").problem()).isEqualTo("422 BALANCE_TOO_LOW");
        assertThat(withdraw(customer, "4", WALLET, "too much").status()).isEqualTo(201);
        assertThat(list(customer)).hasSize(2);
    }

    @Test
    void saysWhereTheRestIsThatRoutersHaveReserved() {
        var customer = http.customer("5");
        market.router().lease(customer, 1_000_000_000);
        var account = http.get("/v1/account", customer.ask());

        var refused = withdraw(customer, "5");

        assertThat(refused.problem()).isEqualTo("422 BALANCE_TOO_LOW");
        assertThat(refused.text("available")).isEqualTo(account.text("available"));
        assertThat(refused.text("reserved")).isEqualTo(account.text("reserved")).isNotEqualTo("0");
        assertThat(refused.text("detail")).contains("The rest is with routers");
        assertThat(withdraw(customer, account.text("available")).status()).isEqualTo(201);
    }

    @Test
    void hasNothingToGiveBackWhereNothingCameIn() {
        assertThat(withdraw(http.customer("0"), "1").problem()).isEqualTo("422 BALANCE_TOO_LOW");
    }

    @Test
    void letsNoMoreOutByARailThanCameInByIt() {
        var customer = http.customer("5");
        jdbc.sql("update rail_customer_funds set went_out = 3000000000 where account_id = ?")
                .param(customer.id())
                .update();

        assertThat(withdraw(customer, "2.000000001").problem()).isEqualTo("422 BALANCE_TOO_LOW");
        assertThat(withdraw(customer, "2").status()).isEqualTo(201);
    }

    @Test
    void turnsPagesAndShowsNobodyElses() {
        var customer = http.customer("5");
        var first = withdraw(customer, "1").text("withdrawalId");
        var second = withdraw(customer, "2").text("withdrawalId");

        var page = http.get("/v1/account/withdrawals?limit=1", customer.manage());
        var next = http.get("/v1/account/withdrawals?limit=1&cursor=" + page.text("nextCursor"), customer.manage());

        assertThat(page.json().path("items").path(0).path("withdrawalId").asString())
                .isEqualTo(second);
        assertThat(next.json().path("items").path(0).path("withdrawalId").asString())
                .isEqualTo(first);
        assertThat(next.json().path("nextCursor").isNull()).isTrue();
        var other = http.customer("5");
        assertThat(http.get("/v1/account/withdrawals/" + first, other.manage()).problem())
                .isEqualTo("404 NOT_FOUND");
        assertThat(cancel(other, first)).isEqualTo("404 NOT_FOUND");
        assertThat(http.post("/v1/account/withdrawals", "{}", customer.ask()).problem())
                .isEqualTo("403 SCOPE_MISSING");
        assertThat(http.get("/v1/account/withdrawals?cursor=x", customer.manage())
                        .problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    private void aDayPasses(Http.Customer customer) {
        jdbc.sql("""
                update transfer set requested_at = requested_at - interval '25 hours',
                    available_at = available_at - interval '25 hours', next_try_at = next_try_at - interval '25 hours'
                where holder = ?""").param(customer.id()).update();
    }

    private void awaitStatus(Http.Customer customer, String withdrawalId, String status) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(http.get("/v1/account/withdrawals/" + withdrawalId, customer.manage())
                                .text("status"))
                        .isEqualTo(status));
    }

    private JsonNode list(Http.Customer customer) {
        return http.get("/v1/account/withdrawals", customer.manage()).json().path("items");
    }

    private String cancel(Http.Customer customer, String withdrawalId) {
        return http.delete("/v1/account/withdrawals/" + withdrawalId, customer.manage())
                .problem();
    }

    private Http.Answer withdraw(Http.Customer customer, String amount) {
        return withdraw(customer, amount, WALLET);
    }

    private Http.Answer withdraw(Http.Customer customer, String amount, String destination) {
        return http.post("/v1/account/withdrawals", body(amount, destination), customer.manage());
    }

    private Http.Answer withdraw(Http.Customer customer, String amount, String destination, String key) {
        return http.post(
                "/v1/account/withdrawals",
                body(amount, destination),
                "X-API-Key",
                customer.managementKey(),
                "Idempotency-Key",
                key.replace(' ', '-'));
    }

    private static String body(String amount, String destination) {
        return "{\"amount\":\"%s\",\"destination\":\"%s\"}".formatted(amount, destination);
    }
}
