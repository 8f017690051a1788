package io.streamsync.billing.deposit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.billing.idempotency.Idempotency;
import io.streamsync.billing.ledger.Account;
import io.streamsync.billing.ledger.Batch;
import io.streamsync.billing.ledger.Entries;
import io.streamsync.billing.ledger.Ledger;
import io.streamsync.billing.rail.RailFunds;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.money.Amount;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@BillingTest
@ExtendWith(OutputCaptureExtension.class)
class DepositApiTests {

    @Autowired
    Http http;

    @Autowired
    Deposits deposits;

    @Autowired
    DepositRows rows;

    @Autowired
    Ledger ledger;

    @Autowired
    RailFunds funds;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    Idempotency idempotency;

    @Autowired
    JdbcClient jdbc;

    @Test
    void creditsSandboxMoneyAtOnce() {
        var customer = http.customer("0");

        var deposited = deposit(customer, "5.00");
        var read = http.get("/v1/account/deposits/" + deposited.text("depositId"), customer.manage());

        assertThat(deposited.status()).isEqualTo(201);
        assertThat(deposited.body())
                .isEqualTo(read.body())
                .isEqualTo(
                        "{\"depositId\":\"%s\",\"status\":\"CREDITED\",\"asset\":\"USDC\",\"amount\":\"5\",\"rail\":\"sandbox\"}"
                                .formatted(deposited.text("depositId")));
        assertThat(balance(customer)).isEqualTo("5");
    }

    @Test
    void listsTheDepositAmongTheEntries() {
        var customer = http.customer("0");
        deposit(customer, "5");
        var second = deposit(customer, "0.000000001");

        var entries = http.get("/v1/account/entries", customer.manage()).json().path("items");

        assertThat(entries.size()).isEqualTo(2);
        var newest = entries.path(0);
        assertThat(newest.propertyNames())
                .containsExactly("entryId", "occurredAt", "kind", "amount", "balanceAfter", "reference");
        assertThat(newest.path("kind").asString()).isEqualTo("DEPOSIT");
        assertThat(newest.path("amount").asString()).isEqualTo("0.000000001");
        assertThat(newest.path("balanceAfter").asString()).isEqualTo("5.000000001");
        assertThat(newest.path("reference").asString()).isEqualTo(second.text("depositId"));
    }

    @Test
    void pagesEntriesByCursor() {
        var customer = http.customer("1");
        deposit(customer, "2");
        deposit(customer, "3");

        var first = http.get("/v1/account/entries?limit=2", customer.manage());
        var second = http.get("/v1/account/entries?limit=2&cursor=" + first.text("nextCursor"), customer.manage());

        assertThat(first.json().path("items"))
                .extracting(entry -> entry.path("amount").asString())
                .containsExactly("3", "2");
        assertThat(second.json().path("items"))
                .extracting(entry -> entry.path("amount").asString())
                .containsExactly("1");
        assertThat(second.json().path("nextCursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    -1, 422 AMOUNT_INVALID
                    0, 422 AMOUNT_INVALID
                    0.0000000001, 422 AMOUNT_INVALID
                    1000000.000000001, 422 AMOUNT_INVALID
                    9223372036.854775808, 422 AMOUNT_INVALID
                    99999999999999999999999999999, 422 AMOUNT_INVALID
                    1e3, 422 AMOUNT_INVALID
                    +1, 422 AMOUNT_INVALID
                    ' 1', 422 AMOUNT_INVALID
                    '', 422 AMOUNT_INVALID
                    NaN, 422 AMOUNT_INVALID
                    ٣, 422 AMOUNT_INVALID""")
    void refusesAmountsThatAreNone(String amount, String problem) {
        var customer = http.customer("0");

        assertThat(deposit(customer, amount).problem()).isEqualTo(problem);
        assertThat(balance(customer)).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}
                    {"asset":"USDC","amount":null,"rail":"sandbox"}
                    {"asset":"USDC","amount":{},"rail":"sandbox"}
                    {"asset":"STRM","amount":"1","rail":"sandbox"}
                    {"asset":"USDC","amount":"1","rail":"cash"}
                    {"asset":"USDC","amount":"1"}
                    {"asset":["USDC"],"amount":"1","rail":"sandbox"}
                    null""")
    void refusesWhatIsNoDeposit(String body) {
        var customer = http.customer("0");

        assertThat(http.post("/v1/account/deposits", body, customer.manage()).problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void keepsABalanceWithinWhatCanBeCounted() {
        var customer = http.customer("0");
        var nearly = new Entries()
                .move(
                        Account.payable(new OperatorId("rich")),
                        Account.available(new CustomerId(customer.id())),
                        999_999_999 * Amount.NANO);
        transaction.executeWithoutResult(
                status -> ledger.post(new Batch("rich/" + customer.id(), Batch.Kind.DEPOSIT, Instant.now(), nearly)));

        assertThat(deposit(customer, "1.000000001").problem()).isEqualTo("422 AMOUNT_INVALID");
        assertThat(deposit(customer, "1").status()).isEqualTo(201);
        assertThat(balance(customer)).isEqualTo("1000000000");
        assertThat(http.post(
                                "/v1/account/withdrawals",
                                "{\"amount\":\"1\",\"destination\":\"CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L\"}",
                                customer.manage())
                        .status())
                .isEqualTo(201);
        assertThat(deposit(customer, "1").problem())
                .as("what is on its way out may come back")
                .isEqualTo("422 AMOUNT_INVALID");
    }

    @Test
    void creditsAPaymentOnceHoweverOftenItIsReported() throws Exception {
        var customer = http.customer("0");
        var first = pending(customer);
        var second = pending(customer);
        var payment = "payment-" + UUID.randomUUID();
        var reports = new ArrayList<Callable<Deposit>>();
        for (var times = 0; times < 10; times++) {
            reports.add(() -> deposits.received(first.id(), payment));
            reports.add(() -> deposits.received(second.id(), payment));
        }

        try (var threads = Executors.newFixedThreadPool(6)) {
            for (var reported : threads.invokeAll(reports)) {
                reported.get();
            }
        }

        assertThat(balance(customer)).isEqualTo("2");
        assertThat(funds.of(new CustomerId(customer.id())))
                .as("what may leave by the rail again")
                .containsOnly(Map.entry("test", 2 * Amount.NANO));
    }

    @Test
    void notesAnotherPaymentOfADepositThatIsCredited(CapturedOutput output) {
        var customer = http.customer("0");
        var deposit = pending(customer);
        var other = pending(customer);
        var payment = "payment-" + UUID.randomUUID();
        var second = "second-" + UUID.randomUUID();
        var before = contradictions();
        deposits.received(deposit.id(), payment);
        deposits.received(deposit.id(), payment);
        assertThat(contradictions()).isEqualTo(before);

        deposits.received(deposit.id(), second);
        deposits.received(deposit.id(), second);

        assertThat(balance(customer)).isEqualTo("2");
        assertThat(contradictions()).isEqualTo(before + 1);
        assertThat(output)
                .containsOnlyOnce("another payment for a deposit that is credited")
                .contains("paymentId=\"" + second + "\"");
        assertThat(jdbc.sql("select rail || ' ' || payment_id from deposit_contradiction where deposit_id = ?")
                        .param(deposit.id())
                        .query(String.class)
                        .list())
                .containsExactly("test " + second);

        deposits.received(other.id(), second);
        deposits.received(deposit.id(), second);
        assertThat(balance(customer)).isEqualTo("4");
        assertThat(contradictions()).as("whose it is has been found out").isEqualTo(before);
    }

    /// The second report waits for the first one's commit, and finds the deposit credited.
    @Test
    void creditsADepositOnceThoughTwoPaymentsAreReportedAtOnce() throws Exception {
        var customer = http.customer("0");
        var deposit = pending(customer);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var second = transaction.execute(_ -> {
                deposits.received(deposit.id(), "first-" + deposit.id());
                var reported = threads.submit(() -> deposits.received(deposit.id(), "second-" + deposit.id()));
                await().pollInSameThread().until(this::isWaitedFor);
                return reported;
            });
            assertThat(second).isNotNull();
            assertThat(second.get().status()).isEqualTo(Deposit.Status.CREDITED);
        }

        assertThat(balance(customer)).isEqualTo("2");
        deposits.received(pending(customer).id(), "second-" + deposit.id()); // whose it is has been found out
        assertThat(balance(customer)).isEqualTo("4");
    }

    /// Whether another session waits for a lock of the caller's.
    private boolean isWaitedFor() {
        return jdbc.sql("""
                        select exists (select from pg_stat_activity
                            where pg_backend_pid() = any (pg_blocking_pids(pid)))""").query(Boolean.class).single();
    }

    /// What the reconciliation says of rails that contradict themselves.
    private long contradictions() {
        for (var check : http.reconcile().json().path("checks")) {
            if (check.path("check").asString().equals("contradictions")) {
                return check.path("expected").asLong() - check.path("actual").asLong();
            }
        }
        throw new AssertionError("no such check");
    }

    @Test
    void showsNobodyElsesDeposit() {
        var deposited = deposit(http.customer("0"), "5");

        assertThat(http.get(
                                "/v1/account/deposits/" + deposited.text("depositId"),
                                http.customer("0").manage())
                        .problem())
                .isEqualTo("404 NOT_FOUND");
    }

    @Test
    void repeatsTheAnswerToARepeatedRequest() {
        var customer = http.customer("0");

        var first = deposit(customer, "5", "once");
        var again = deposit(customer, "5", "once");
        var other = deposit(customer, "6", "once");

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(other.problem()).isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
        assertThat(balance(customer)).isEqualTo("5");
    }

    @Test
    void keepsAnAnswerForADay() {
        var customer = http.customer("0");
        var first = deposit(customer, "5", "daily");

        isAnswered(customer, "23 hours 50 minutes");
        assertThat(deposit(customer, "5", "daily").body()).isEqualTo(first.body());
        isAnswered(customer, "20 minutes");
        assertThat(deposit(customer, "6", "daily").status()).isEqualTo(201);

        assertThat(balance(customer)).isEqualTo("11");
    }

    private void isAnswered(Http.Customer customer, String earlier) {
        jdbc.sql("update idempotency_answer set created_at = created_at - ?::interval where holder = ?")
                .params(earlier, "account/" + customer.id())
                .update();
    }

    @Test
    void carriesOutOneOfManyEqualRequestsAtOnce() throws Exception {
        var customer = http.customer("0");
        var requests = new ArrayList<Callable<Http.Answer>>();
        for (var times = 0; times < 8; times++) {
            requests.add(() -> deposit(customer, "5", "same-time"));
        }

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var answered : threads.invokeAll(requests)) {
                assertThat(answered.get().status() == 201
                                || answered.get().problem().equals("409 REQUEST_IN_PROGRESS"))
                        .as(answered.get().body())
                        .isTrue();
            }
        }

        assertThat(deposit(customer, "5", "same-time").status()).isEqualTo(201);
        assertThat(balance(customer)).isEqualTo("5");
    }

    @Test
    void saysThatARequestIsBeingCarriedOut() throws Exception {
        var customer = http.customer("0");
        var begun = new CountDownLatch(1);
        var ending = new CountDownLatch(1);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(
                    () -> idempotency.once(new CustomerId(customer.id()), "long", "other body", String.class, () -> {
                        begun.countDown();
                        awaited(ending);
                        return "done";
                    }));
            awaited(begun);
            assertThat(deposit(customer, "5", "long").problem()).isEqualTo("409 REQUEST_IN_PROGRESS");
            assertThat(deposit(customer, "5", "another").status()).isEqualTo(201);
            assertThat(deposit(http.customer("0"), "5", "long").status()).isEqualTo(201);
            ending.countDown();
            assertThat(first.get()).isEqualTo("done");
        }
        assertThat(deposit(customer, "5", "long").problem()).isEqualTo("422 IDEMPOTENCY_KEY_REUSED");
        assertThat(balance(customer)).isEqualTo("5");
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void doesNotHoldARefusalAgainstTheNextTry() {
        var customer = http.customer("0");

        assertThat(deposit(customer, "-5", "retried").problem()).isEqualTo("422 AMOUNT_INVALID");
        assertThat(deposit(customer, "5", "retried").status()).isEqualTo(201);
        assertThat(deposit(customer, "5", "not visible").problem()).isEqualTo("400 INVALID_REQUEST");
    }

    private Deposit pending(Http.Customer customer) {
        var deposit = new Deposit(
                "dep_" + UUID.randomUUID(),
                new CustomerId(customer.id()),
                Amount.usdc(2 * Amount.NANO),
                "test",
                Deposit.Status.PENDING);
        rows.add(deposit);
        return deposit;
    }

    private Http.Answer deposit(Http.Customer customer, String amount) {
        return http.post("/v1/account/deposits", body(amount), customer.manage());
    }

    private Http.Answer deposit(Http.Customer customer, String amount, String key) {
        return http.post(
                "/v1/account/deposits", body(amount), "X-API-Key", customer.managementKey(), "Idempotency-Key", key);
    }

    private static String body(String amount) {
        return "{\"asset\":\"USDC\",\"amount\":\"" + amount + "\",\"rail\":\"sandbox\"}";
    }

    private String balance(Http.Customer customer) {
        return http.get("/v1/account", customer.ask()).text("balance");
    }
}
