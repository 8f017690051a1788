package io.streamsync.billing.payout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.events.onboarding.StakeChanged.Kind;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import io.streamsync.protocol.money.Asset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

@BillingTest
class PayoutApiTests {

    private static final String WALLET = "CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L";
    private static final String REFUSES = "SandboxRefuses11111111111111111111111111111";
    private static final String OTHER = "SysvarC1ock11111111111111111111111111111111";

    @Autowired
    Http http;

    @Autowired
    Ledger ledger;

    @Autowired
    TransactionTemplate transaction;

    @Test
    void paysOutWhatIsPayableAndCountsItAsPaidThen() {
        var operator = earned("3");

        var asked = payOut(operator, "2");

        assertThat(asked.status()).isEqualTo(201);
        assertThat(asked.json().propertyNames())
                .containsExactly(
                        "payoutId", "status", "asset", "amount", "destination", "rail", "requestedAt", "reason");
        assertThat(asked.text("status")).isEqualTo("PENDING");
        assertThat(asked.text("destination")).isEqualTo(WALLET);
        assertThat(earnings(operator).text("payable")).isEqualTo("1");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(http.internal(path(operator))
                                .json()
                                .path("items")
                                .path(0)
                                .path("status")
                                .asString())
                        .isEqualTo("PAID"));
        assertThat(earnings(operator).text("paid")).isEqualTo("2");
        assertThat(ledger.balance(Account.paying(operator))).isZero();
    }

    @Test
    void countsNothingAsPaidThatTheRailRefused() {
        var operator = earned("3");

        assertThat(payOut(operator, "2", REFUSES, "refused").status()).isEqualTo(201);

        await().untilAsserted(() -> assertThat(http.internal(path(operator))
                        .json()
                        .path("items")
                        .path(0)
                        .path("status")
                        .asString())
                .isEqualTo("FAILED"));
        assertThat(earnings(operator).text("paid")).isEqualTo("0");
        assertThat(earnings(operator).text("payable")).isEqualTo("3");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    -1, 422 AMOUNT_INVALID
                    0, 422 AMOUNT_INVALID
                    0.0000000001, 422 AMOUNT_INVALID
                    99999999999999999999999999999, 422 AMOUNT_INVALID
                    3.000000001, 422 BALANCE_TOO_LOW
                    9223372036.854775807, 422 BALANCE_TOO_LOW""")
    void refusesAmountsThatAreNoneOrNotThere(String amount, String problem) {
        var operator = earned("3");

        assertThat(payOut(operator, amount).problem()).isEqualTo(problem);
        assertThat(earnings(operator).text("payable")).isEqualTo("3");
    }

    @Test
    void paysNothingWhileAVerdictIsOwed() {
        var operator = earned("1");
        takeBack(operator, "3");

        var refused = payOut(operator, "0.000000001");

        assertThat(refused.problem()).isEqualTo("422 BALANCE_TOO_LOW");
        assertThat(refused.text("available")).isEqualTo("-2");
    }

    /// A slash is of stake, and never touches what was earned: another asset (money, Accounts).
    @Test
    void paysOutWhatWasEarnedWhileStakeIsSlashed() {
        var operator = earned("3");
        tell(operator, Kind.DEPOSITED, "100");
        tell(operator, Kind.SLASHED, "10");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(ledger.balance(Account.escrow(operator))).isEqualTo(10));

        assertThat(payOut(operator, "3.000000001").problem()).isEqualTo("422 BALANCE_TOO_LOW");
        assertThat(payOut(operator, "2").status()).isEqualTo(201);
        takeBack(operator, "0.4");
        tell(operator, Kind.SLASH_FINAL, "10");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(earnings(operator).text("paid")).isEqualTo("2"));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(ledger.balance(Account.escrow(operator))).isZero());
        assertThat(payOut(operator, "0.7").text("available")).isEqualTo("0.6");
        assertThat(payOut(operator, "0.6").status()).isEqualTo(201);
        assertThat(earnings(operator).text("payable")).isEqualTo("0");
        assertThat(ledger.balance(Account.stake(operator))).isEqualTo(90);
    }

    @Test
    void neverPaysMoreThanThereIsHoweverManyAskAtOnce() throws Exception {
        var operator = earned("3");
        var requests = new ArrayList<Callable<Http.Answer>>();
        for (var times = 0; times < 8; times++) {
            requests.add(() -> payOut(operator, "1"));
        }

        var made = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answered : threads.invokeAll(requests)) {
                made += answered.get().status() == 201 ? 1 : 0;
            }
        }

        assertThat(made).isEqualTo(3);
        assertThat(ledger.balance(Account.payable(operator))).isZero();
    }

    @Test
    void carriesARepeatedRequestOutOnceWhateverTheAddressIsByThen() {
        var operator = earned("3");

        var first = payOut(operator, "1", WALLET, "once");
        var again = payOut(operator, "1", OTHER, "once");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(payOut(operator, "2", WALLET, "once").problem()).isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
        assertThat(payOut(earned("3"), "2", WALLET, "once").status()).isEqualTo(201);
        assertThat(http.internal(path(operator)).json().path("items")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"amount\":\"1\"}",
                "{\"amount\":\"1\",\"destination\":\"wallet\"}",
                "{\"amount\":\"1\",\"destination\":\"" + WALLET + "\",\"rail\":\"cash\"}",
                "{\"amount\":\"1\",\"destination\":\"" + WALLET + "\",\"idempotencyKey\":\"two words\"}"
            })
    void refusesWhatIsNoPayout(String body) {
        var operator = earned("3");

        assertThat(http.internal(path(operator), body).problem()).isEqualTo("400 INVALID_REQUEST");
        assertThat(earnings(operator).text("payable")).isEqualTo("3");
    }

    @Test
    void isForTheInstallationsOwnServices() {
        assertThat(http.get("/internal/operators/op1/payouts").status()).isEqualTo(401);
        assertThat(http.post("/internal/operators/op1/payouts", "{}").status()).isEqualTo(401);
        assertThat(http.internal("/internal/operators/op1/payouts?limit=0").problem())
                .isEqualTo("400 INVALID_REQUEST");
        assertThat(http.internal("/internal/operators/unheard-of/payouts").body())
                .isEqualTo("{\"items\":[],\"nextCursor\":null}");
    }

    /// As a verdict does from what was earned.
    private void takeBack(OperatorId operator, String usdc) {
        var nano = Amount.parse(Asset.USDC, usdc).nanoUnits();
        transaction.executeWithoutResult(_ -> ledger.post(new Batch(
                "verdict/" + operator,
                Batch.Kind.RACES,
                Instant.now(),
                new Entries().move(Account.payable(operator), Account.INSURANCE, nano))));
    }

    private static void tell(OperatorId operator, Kind kind, String nano) {
        var change = new StakeChanged(
                UUID.randomUUID().toString(), Instant.now(), 1, operator.value(), kind, "of-" + operator, "", nano);
        Broker.send(Topics.STAKES, null, operator.value(), JsonMapper.shared().writeValueAsBytes(change));
    }

    /// An operator whose earnings a customer paid for, out of their hold.
    private OperatorId earned(String usdc) {
        var customer = new CustomerId(http.customer(usdc).id());
        var operator = new OperatorId("op-" + UUID.randomUUID());
        var available = Account.available(customer);
        transaction.executeWithoutResult(_ -> ledger.post(new Batch(
                "earned/" + operator,
                Batch.Kind.HOLD,
                Instant.now(),
                new Entries().move(available, Account.payable(operator), ledger.balance(available)))));
        return operator;
    }

    private Http.Answer earnings(OperatorId operator) {
        return http.internal("/internal/operators/" + operator + "/earnings");
    }

    private Http.Answer payOut(OperatorId operator, String amount) {
        return http.internal(path(operator), "{\"amount\":\"%s\",\"destination\":\"%s\"}".formatted(amount, WALLET));
    }

    private Http.Answer payOut(OperatorId operator, String amount, String destination, String key) {
        return http.internal(path(operator), """
                        {"amount":"%s","destination":"%s","idempotencyKey":"%s"}""".formatted(amount, destination, key));
    }

    private static String path(OperatorId operator) {
        return "/internal/operators/" + operator + "/payouts";
    }
}
