package io.streamsync.billing.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Broker;
import io.streamsync.billing.Http;
import io.streamsync.billing.Market;
import io.streamsync.billing.account.CustomerId;
import io.streamsync.events.Topics;
import io.streamsync.outbound.Outbound;
import io.streamsync.protocol.money.Amount;
import io.streamsync.testing.ScriptedServer;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@BillingTest
class AlertApiTests {

    private static final String PATH = "/v1/account/alerts";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Autowired
    Http http;

    @Autowired
    Market market;

    @Autowired
    Deliveries deliveries;

    @Autowired
    Watches watches;

    @Autowired
    Alerts alerts;

    @Autowired
    Outbound outbound;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    private final ScriptedServer target = new ScriptedServer();

    @AfterEach
    void close() {
        target.close();
    }

    @Test
    void setsShowsAndClearsWhatIsTold() {
        var customer = http.customer("10");

        assertThat(http.get(PATH, customer.manage()).body())
                .isEqualTo("{\"lowBalance\":null,\"runwayMinutes\":null,\"webhookUrl\":null,\"secret\":null}");
        var set = put(customer, "\"5.00\"", "60", target.url());
        assertThat(set.status()).isEqualTo(200);
        assertThat(set.text("lowBalance")).isEqualTo("5");
        assertThat(set.text("secret")).startsWith("whsec_");
        var shown = http.get(PATH, customer.manage()).json();
        assertThat(shown.path("runwayMinutes").asInt()).isEqualTo(60);
        assertThat(shown.path("webhookUrl").asString()).isEqualTo(target.url());
        assertThat(shown.path("secret").isNull()).isTrue();
        assertThat(put(customer, "\"4\"", "null", target.url())
                        .json()
                        .path("secret")
                        .isNull())
                .isTrue();
        assertThat(http.put(PATH, "{}", customer.manage()).body())
                .isEqualTo("{\"lowBalance\":null,\"runwayMinutes\":null,\"webhookUrl\":null,\"secret\":null}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"lowBalance":"5"} | 400 INVALID_REQUEST
                    {"runwayMinutes":5} | 400 INVALID_REQUEST
                    {"lowBalance":5,"webhookUrl":"http://127.0.0.1:9/"} | 400 INVALID_REQUEST
                    {"lowBalance":"-5","webhookUrl":"http://127.0.0.1:9/"} | 422 AMOUNT_INVALID
                    {"lowBalance":"0","webhookUrl":"http://127.0.0.1:9/"} | 422 AMOUNT_INVALID
                    {"lowBalance":"0.0000000001","webhookUrl":"http://127.0.0.1:9/"} | 422 AMOUNT_INVALID
                    {"lowBalance":"1000000000.1","webhookUrl":"http://127.0.0.1:9/"} | 422 AMOUNT_INVALID
                    {"lowBalance":"99999999999999999999","webhookUrl":"http://127.0.0.1:9/"} | 422 AMOUNT_INVALID
                    {"runwayMinutes":0,"webhookUrl":"http://127.0.0.1:9/"} | 400 INVALID_REQUEST
                    {"runwayMinutes":1.5,"webhookUrl":"http://127.0.0.1:9/"} | 400 INVALID_REQUEST
                    {"runwayMinutes":"60","webhookUrl":"http://127.0.0.1:9/"} | 400 INVALID_REQUEST
                    {"runwayMinutes":99999999999,"webhookUrl":"http://127.0.0.1:9/"} | 400 INVALID_REQUEST
                    {"lowBalnce":"5","webhookUrl":"http://127.0.0.1:9/"} | 400 INVALID_REQUEST
                    {"webhookUrl":7} | 400 INVALID_REQUEST
                    {"webhookUrl":""} | 422 ENDPOINT_NOT_ALLOWED
                    {"webhookUrl":"ftp://127.0.0.1/"} | 422 ENDPOINT_NOT_ALLOWED
                    {"webhookUrl":"http://10.0.0.1/"} | 422 ENDPOINT_NOT_ALLOWED
                    {"webhookUrl":"http://169.254.169.254/latest/meta-data"} | 422 ENDPOINT_NOT_ALLOWED
                    {"webhookUrl":"http://[::ffff:127.0.0.1]/"} | 422 ENDPOINT_NOT_ALLOWED
                    {"webhookUrl":"http://127.0.0.1:18001/"} | 422 ENDPOINT_NOT_ALLOWED
                    {"webhookUrl":"http://user:word@127.0.0.1/"} | 422 ENDPOINT_NOT_ALLOWED
                    {"webhookUrl":"file:///etc/passwd"} | 422 ENDPOINT_NOT_ALLOWED""")
    void refusesWhatCouldNeverBeTold(String body, String problem) {
        var customer = http.customer("1");

        assertThat(http.put(PATH, body, customer.manage()).problem()).isEqualTo(problem);
        assertThat(http.get(PATH, customer.manage()).json().path("webhookUrl").isNull())
                .isTrue();
    }

    @Test
    void tellsTheWebhookOnceWhenTheBalanceCrossesTheThreshold() {
        var customer = http.customer("10");
        var secret = put(customer, "\"5\"", "null", target.url()).text("secret");

        withdraw(customer, "6");
        await().atMost(PATIENCE).until(() -> !target.seen().isEmpty());
        var lowest = watches.find(new CustomerId(customer.id()));
        new Watching(watches, alerts, Instant::now).lookAtAll();

        var request = target.seen().getFirst();
        var body = JsonMapper.shared().readTree(request.body());
        assertThat(body.path("type").asString()).isEqualTo("balance.low");
        assertThat(body.path("data").toString())
                .isEqualTo("{\"accountId\":\"%s\",\"balance\":\"4\",\"lowBalance\":\"5\"}".formatted(customer.id()));
        var id = request.headers().getFirst("webhook-id");
        var timestamp = Long.parseLong(request.headers().getFirst("webhook-timestamp"));
        assertThat(Instant.ofEpochSecond(timestamp)).isAfter(Instant.now().minusSeconds(60));
        assertThat(request.headers().getFirst("webhook-signature"))
                .isEqualTo(WebhookSecret.sign(secret, id, timestamp, request.body()));
        assertThat(lowest.lowTold()).isTrue();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(told(customer).path(0).path("status").asString())
                                .isEqualTo("DELIVERED"));
        var delivery = told(customer).path(0);
        assertThat(delivery.propertyNames())
                .containsExactly("deliveryId", "type", "status", "createdAt", "tries", "lastAnswer", "nextTryAt");
        assertThat(delivery.path("deliveryId").asString()).isEqualTo(id);
        assertThat(delivery.path("lastAnswer").asString()).isEqualTo("200");
        assertThat(told(customer)).hasSize(1);
        assertThat(target.seen()).hasSize(1);
    }

    @Test
    void tellsHowLongTheBalanceLasts() {
        var customer = http.customer("1");
        put(customer, "null", "43200", target.url());
        var router = market.router();
        var lease = router.lease(customer, 1_000_000_000);
        var spent = lease.granted / 2;
        router.charged(lease, spent);
        Broker.send(Topics.RACES, 0, router.key(), router.frame().encode());

        await().atMost(PATIENCE).until(() -> !target.seen().isEmpty());

        var data = JsonMapper.shared().readTree(target.seen().getFirst().body()).path("data");
        assertThat(data.path("spentLastHour").asString()).isEqualTo(Amount.decimal(spent));
        assertThat(data.path("balance").asString()).isEqualTo(Amount.decimal(Amount.NANO - spent));
        assertThat(data.path("minutesLeft").asLong()).isEqualTo((Amount.NANO - spent) * 60 / spent);
    }

    @Test
    void triesAgainWhenTheTargetIsAwayAndHoldsUpNobodyElse() {
        try (var silent = new ScriptedServer()) {
            silent.reacts(silent.silence());
            for (var number = 0; number < 5; number++) {
                put(http.customer("1"), "\"5\"", "null", silent.url());
            }
            target.reacts(ScriptedServer.status(500));
            var customer = http.customer("1");
            put(customer, "\"5\"", "null", target.url());

            await().atMost(PATIENCE)
                    .until(() -> !told(customer).isEmpty()
                            && "500"
                                    .equals(told(customer)
                                            .path(0)
                                            .path("lastAnswer")
                                            .asString()));
            assertThat(told(customer).path(0).path("status").asString()).isEqualTo("PENDING");
            assertThat(told(customer).path(0).path("nextTryAt").isString()).isTrue();
            target.reacts(ScriptedServer.status(204));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    told(customer).path(0).path("status").asString())
                            .isEqualTo("DELIVERED"));
        }
        var ids = target.seen().stream()
                .map(request -> request.headers().getFirst("webhook-id"))
                .distinct();
        assertThat(ids).hasSize(1);
        assertThat(target.seen().size()).isGreaterThan(1);
    }

    @Test
    void followsNoRedirect() {
        try (var elsewhere = new ScriptedServer()) {
            target.reacts(ScriptedServer.redirect(elsewhere.url()));
            var customer = http.customer("1");
            put(customer, "\"5\"", "null", target.url());

            await().atMost(PATIENCE)
                    .until(() -> !told(customer).isEmpty()
                            && "302"
                                    .equals(told(customer)
                                            .path(0)
                                            .path("lastAnswer")
                                            .asString()));
            assertThat(elsewhere.seen()).isEmpty();
        }
    }

    @Test
    void givesUpAfterADay() {
        target.reacts(ScriptedServer.status(500));
        var customer = http.customer("1");
        put(customer, "\"5\"", "null", target.url());
        await().atMost(PATIENCE).until(() -> !told(customer).isEmpty());
        jdbc.sql(
                        "update alert_delivery set created_at = created_at - interval '24 hours', next_try_at = now() where account_id = ?")
                .param(customer.id())
                .update();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(told(customer).path(0).path("status").asString())
                                .isEqualTo("FAILED"));
    }

    @Test
    void tellsNobodyAnyMoreWhoDoesNotWantIt() {
        var customer = http.customer("1");
        var later = new Delivering(deliveries, watches, outbound, Instant::now);
        put(customer, "\"5\"", "null", target.url());
        http.put(PATH, "{}", customer.manage());
        var delivery = new Delivery(
                "msg_x",
                new CustomerId(customer.id()),
                "balance.low",
                "{}",
                Delivery.Status.PENDING,
                Instant.now(),
                Instant.now(),
                1,
                null);
        var before = target.seen().size();

        later.deliver(delivery);

        assertThat(target.seen()).hasSize(before);
        later.destroy();
    }

    @Test
    void takesUpOneAtATimeOfEachCustomer() {
        var many = http.customer("1");
        var one = http.customer("1");
        var now = Instant.now();
        transaction.executeWithoutResult(status -> {
            for (var number = 0; number < 5; number++) {
                pending(many, "many" + number, now.minusSeconds(60 - number));
            }
            pending(one, "one", now.minusSeconds(1));

            assertThat(claimed(now, Set.of(), false, many, one)).containsExactlyInAnyOrder("many0", "one");
            assertThat(claimed(now, Set.of(new CustomerId(many.id())), false, many, one))
                    .as("a call of theirs is under way")
                    .isEmpty();
            assertThat(claimed(now, Set.of(), false, many, one)).containsExactly("many1");
            assertThat(claimed(now, Set.of(), true, many, one)).isEmpty();
            status.setRollbackOnly();
        });
    }

    @Test
    void tellsSlowWebhooksFromQuickOnes() {
        var customer = http.customer("9");
        put(customer, "\"5\"", "null", target.url());
        var now = Instant.now();
        var passed = new AtomicReference<>(Duration.ZERO);
        var delivering = new Delivering(deliveries, watches, outbound, () -> now.plus(passed.get()));
        target.reacts(exchange -> {
            passed.set(Duration.ofSeconds(3));
            exchange.sendResponseHeaders(200, -1);
        });
        deliver(delivering, customer, "slow", now);
        assertThat(isSlow(customer, now)).isTrue();

        target.reacts(ScriptedServer.status(500));
        deliver(delivering, customer, "quick", now);
        assertThat(isSlow(customer, now)).isFalse();
        delivering.destroy();
    }

    private void deliver(Delivering delivering, Http.Customer customer, String id, Instant now) {
        delivering.deliver(new Delivery(
                id, new CustomerId(customer.id()), "balance.low", "{}", Delivery.Status.PENDING, now, now, 1, null));
    }

    private boolean isSlow(Http.Customer customer, Instant now) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            pending(customer, "looked" + customer.id(), now.minusSeconds(1));
            status.setRollbackOnly();
            return !claimed(now, Set.of(), true, customer).isEmpty();
        }));
    }

    private void pending(Http.Customer customer, String id, Instant due) {
        jdbc.sql("""
                insert into alert_delivery (id, account_id, type, body, status, created_at, next_try_at)
                values (?, ?, 'balance.low', '{}', 'PENDING', ?, ?)""")
                .params(id, customer.id(), Timestamp.from(due), Timestamp.from(due))
                .update();
    }

    /// The deliveries of these customers among those that are taken up.
    private List<String> claimed(Instant now, Set<CustomerId> busy, boolean slow, Http.Customer... customers) {
        var wanted = Stream.of(customers).map(Http.Customer::id).toList();
        return deliveries.claim(now, now.plusSeconds(60), busy, slow, 1_000).stream()
                .filter(delivery -> wanted.contains(delivery.customer().value()))
                .map(Delivery::id)
                .toList();
    }

    @Test
    void showsDeliveriesToTheirOwnerPageByPage() {
        var customer = http.customer("1");
        put(customer, "\"5\"", "null", target.url());
        await().atMost(PATIENCE).until(() -> !told(customer).isEmpty());

        assertThat(http.get(PATH + "/deliveries", http.customer("0").manage()).body())
                .isEqualTo("{\"items\":[],\"nextCursor\":null}");
        for (var query : List.of("limit=0", "limit=501", "cursor=x")) {
            assertThat(http.get(PATH + "/deliveries?" + query, customer.manage())
                            .problem())
                    .isEqualTo("400 INVALID_REQUEST");
        }
    }

    private JsonNode told(Http.Customer customer) {
        return http.get(PATH + "/deliveries", customer.manage()).json().path("items");
    }

    private Http.Answer put(Http.Customer customer, String lowBalance, String runwayMinutes, String url) {
        return http.put(PATH, """
                {"lowBalance":%s,"runwayMinutes":%s,"webhookUrl":"%s"}""".formatted(lowBalance, runwayMinutes, url), customer.manage());
    }

    private void withdraw(Http.Customer customer, String amount) {
        var answer = http.post("/v1/account/withdrawals", """
                {"amount":"%s","destination":"CiLU9sZGmi1CHT8CMfGKsNnrG6WjLyFiSgLSq6dULa2L"}""".formatted(amount), customer.manage());
        assertThat(answer.status()).isEqualTo(201);
    }
}
