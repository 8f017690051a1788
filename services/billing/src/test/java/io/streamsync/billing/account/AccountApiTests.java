package io.streamsync.billing.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.billing.BillingTest;
import io.streamsync.billing.Http;
import io.streamsync.events.Topics;
import io.streamsync.events.billing.CredentialChanged;
import io.streamsync.testing.Backends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@BillingTest
class AccountApiTests {

    @Autowired
    Http http;

    @Autowired
    JdbcClient jdbc;

    @Test
    void opensAnAccountForAnyone() {
        var opened = http.post("/v1/accounts", "{}");

        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.text("accountId")).matches("[A-Za-z0-9_-]{1,64}");
        assertThat(opened.text("apiKey")).matches("ss_query_[A-Za-z0-9_-]{43}");
        assertThat(opened.text("managementKey")).matches("ss_manage_[A-Za-z0-9_-]{43}");
    }

    @Test
    void keepsNoKeyThatCouldBeRead() {
        var customer = http.customer("0");

        var kept = jdbc.sql("select k::text from account_key k where account_id = ?")
                .param(customer.id())
                .query(String.class)
                .list();

        assertThat(kept)
                .hasSize(2)
                .allSatisfy(row ->
                        assertThat(row).doesNotContain(customer.apiKey()).doesNotContain(customer.managementKey()));
    }

    @Test
    void showsTheBalanceToEitherKey() {
        var customer = http.customer("5");

        var read = http.get("/v1/account", customer.ask());

        assertThat(read.body())
                .isEqualTo(http.get("/v1/account", customer.manage()).body())
                .isEqualTo("""
                        {"accountId":"%s","balance":"5","available":"5","reserved":"0","spentToday":"0",\
                        "refundedToday":"0","rateCap":null}""".formatted(customer.id()));
    }

    @Test
    void takesAnAskingKeyFromTheAddressButNoManagingOne() {
        var customer = http.customer("0");

        assertThat(http.get("/v1/account?api-key=" + customer.apiKey()).status())
                .isEqualTo(200);
        assertThat(http.get("/v1/account?api-key=" + customer.managementKey()).problem())
                .isEqualTo("401 INVALID_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "ss_query_", "' or 1=1 --", "\u00e9"})
    void refusesAKeyThatIsNone(String key) {
        assertThat(http.get("/v1/account?api-key="
                                + java.net.URLEncoder.encode(key, java.nio.charset.StandardCharsets.UTF_8))
                        .problem())
                .isEqualTo("401 INVALID_KEY");
    }

    @Test
    void refusesToManageWithAKeyThatOnlyAsks() {
        var customer = http.customer("0");

        assertThat(http.get("/v1/account/keys", customer.ask()).problem()).isEqualTo("403 SCOPE_MISSING");
        assertThat(http.get("/v1/account/entries", customer.ask()).problem()).isEqualTo("403 SCOPE_MISSING");
        assertThat(http.patch("/v1/account", "{\"rateCap\":1}", customer.ask()).problem())
                .isEqualTo("403 SCOPE_MISSING");
        assertThat(http.post("/v1/account/keys", "{}", customer.ask()).problem())
                .isEqualTo("403 SCOPE_MISSING");
        assertThat(http.delete("/v1/account/keys/key_x", customer.ask()).problem())
                .isEqualTo("403 SCOPE_MISSING");
        assertThat(http.get("/v1/account/deposits/dep_x", customer.ask()).problem())
                .isEqualTo("403 SCOPE_MISSING");
        assertThat(http.post("/v1/account/deposits", "{}", customer.ask()).problem())
                .isEqualTo("403 SCOPE_MISSING");
    }

    @Test
    void issuesAKeyWithLimitsAndListsItWithoutItself() {
        var customer = http.customer("0");

        var issued = http.post("/v1/account/keys", """
                {"name":"bot","scope":"query","maxPrice":"0.000004","dailyCap":"1.5","rateCap":20}""", customer.manage());
        var listed = http.get("/v1/account/keys", customer.manage());

        assertThat(issued.status()).isEqualTo(201);
        assertThat(http.get("/v1/account", "X-API-Key", issued.text("apiKey")).status())
                .isEqualTo(200);
        var last = listed.json().path("items").path(2);
        assertThat(last.propertyNames())
                .containsExactly(
                        "keyId",
                        "name",
                        "scope",
                        "maxPrice",
                        "dailyCap",
                        "rateCap",
                        "maxSubscriptions",
                        "maxConnections",
                        "maxLatency",
                        "prefer",
                        "racers",
                        "verify",
                        "operators",
                        "excludeOperators",
                        "createdAt");
        assertThat(last.path("keyId").asString()).isEqualTo(issued.text("keyId"));
        assertThat(last.path("maxPrice").asString()).isEqualTo("0.000004");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scope\":\"root\"}",
                "{\"maxPrice\":\"-1\"}",
                "{\"maxPrice\":\"0\"}",
                "{\"dailyCap\":\"1e9\"}",
                "{\"dailyCap\":\"99999999999999999999\"}",
                "{\"rateCap\":0}",
                "{\"rateCap\":1e99}",
                "{\"rateCap\":-1}",
                "{\"rateCap\":1000001}",
                "{\"rateCap\":99999999999999999999}",
                "{\"rateCap\":1.5}",
                "{\"dailyLimit\":\"5\"}",
                "{\"maxPrice\":{}}",
                "{\"name\":\"0123456789012345678901234567890123456789012345678901234567890123456789\"}",
                "{\"rateCap\":\"many\"}",
                "{\"name\":\"a\\nb\"}",
                "{\"name\":5}",
                "{\"scope\":{}}",
                "{\"maxLatency\":\"61s\"}",
                "{\"maxLatency\":-5}",
                "{\"maxLatency\":1e400}",
                "{\"prefer\":\"FASTEST\"}",
                "{\"prefer\":[]}",
                "{\"racers\":6}",
                "{\"racers\":\"3+3\"}",
                "{\"verify\":true}",
                "{\"operators\":[]}",
                "{\"operators\":\"a,b\"}",
                "{\"operators\":[null]}",
                "{\"operators\":[\"a b\"]}",
                "{\"operators\":[\"\u0000\"]}",
                "{\"excludeOperators\":[[]]}",
                "{\"maxSubscriptions\":-1}",
                "{\"maxConnections\":100001}",
                "{\"maxConnections\":\"5\"}",
                "null",
                "5",
                "[]",
                "",
                "{"
            })
    void refusesTermsThatCannotBeKept(String body) {
        var customer = http.customer("0");

        assertThat(http.post("/v1/account/keys", body, customer.manage()).problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        var customer = http.customer("0");

        var refused = http.post("/v1/account/keys", "{\"racers\":9,\"prefer\":\"x\",\"limit\":1}", customer.manage());

        assertThat(refused.json()
                        .path("errors")
                        .valueStream()
                        .map(error -> error.path("field").asString()))
                .containsExactlyInAnyOrder("racers", "prefer", "limit");
    }

    @Test
    void showsAndKeepsAllThatAKeyMayChoose() {
        var customer = http.customer("0");
        var wish = """
                {"name":"all","maxPrice":"0.000004","dailyCap":"1.5","rateCap":20,"maxSubscriptions":200,\
                "maxConnections":0,"maxLatency":"80ms","prefer":"cheapest","racers":"1+4","verify":"quorum",\
                "operators":["op_a","op_b"],"excludeOperators":["op_c"]}""";

        var issued = http.post("/v1/account/keys", wish, customer.manage());
        var shown = http.get("/v1/account/keys/" + issued.text("keyId"), customer.manage());

        var expected = JsonMapper.shared().readTree(wish);
        assertThat(expected.propertyNames())
                .allSatisfy(field -> assertThat(shown.json().path(field)).isEqualTo(expected.path(field)));
        assertThat(shown.json().has("apiKey")).isFalse();
        var told = credentials(AccountKey.hashOf(issued.text("apiKey")), 1).getFirst();
        assertThat(List.of(
                        String.valueOf(told.maxLatencyMs()),
                        String.valueOf(told.prefer()),
                        String.valueOf(told.racers()),
                        String.valueOf(told.verify()),
                        String.valueOf(told.operators()),
                        String.valueOf(told.excludeOperators()),
                        String.valueOf(told.maxSubscriptions()),
                        String.valueOf(told.maxConnections())))
                .containsExactly("80", "cheapest", "1+4", "quorum", "[op_a, op_b]", "[op_c]", "200", "0");
    }

    @Test
    void changesWhatIsNamedRemovesWhatIsNullAndKeepsTheRest() {
        var customer = http.customer("0");
        var issued = http.post(
                "/v1/account/keys",
                "{\"name\":\"bot\",\"rateCap\":5,\"dailyCap\":\"2\",\"racers\":2,\"operators\":[\"op_a\"]}",
                customer.manage());

        var changed = http.patch(
                "/v1/account/keys/" + issued.text("keyId"),
                "{\"rateCap\":null,\"operators\":null,\"prefer\":\"fastest\",\"maxLatency\":2000}",
                customer.manage());

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("rateCap").isNull()).isTrue();
        assertThat(changed.json().path("operators").isNull()).isTrue();
        assertThat(List.of(
                        changed.text("name"),
                        changed.text("dailyCap"),
                        changed.text("racers"),
                        changed.text("prefer"),
                        changed.text("maxLatency")))
                .containsExactly("bot", "2", "2", "fastest", "2000ms");
        assertThat(http.get("/v1/account/keys/" + issued.text("keyId"), customer.manage())
                        .body())
                .isEqualTo(changed.body());
        var told = credentials(AccountKey.hashOf(issued.text("apiKey")), 2);
        assertThat(told).extracting(CredentialChanged::rateCap).containsExactly(5, null);
        assertThat(told).extracting(CredentialChanged::prefer).containsExactly(null, "fastest");
    }

    @Test
    void tellsAChangeWithinASecond() {
        var customer = http.customer("0");
        var issued = http.post("/v1/account/keys", "{}", customer.manage());
        var key = AccountKey.hashOf(issued.text("apiKey"));

        var took = LongStream.rangeClosed(1, 5).map(change -> {
            http.patch("/v1/account/keys/" + issued.text("keyId"), "{\"rateCap\":" + change + "}", customer.manage());
            var changedAt = System.currentTimeMillis();
            return toldAt(key, 1 + (int) change) - changedAt;
        });

        assertThat(took.min().orElseThrow())
                .as("but for the pauses of a busy machine")
                .isLessThan(1_000);
    }

    @Test
    void tellsTheRoutersOfTheAskingKeysWhenThereIsNewCredit() {
        var customer = http.customer("1");

        assertThat(credentials(AccountKey.hashOf(customer.apiKey()), 2))
                .extracting(CredentialChanged::eventId)
                .doesNotHaveDuplicates()
                .hasSize(2);
        assertThat(credentials(AccountKey.hashOf(customer.managementKey()), 1)).hasSize(1);
    }

    @Test
    void changesNoKeyThatIsAnothersOrRevoked() {
        var mine = http.customer("0");
        var issued = http.post("/v1/account/keys", "{}", mine.manage());
        var path = "/v1/account/keys/" + issued.text("keyId");

        assertThat(http.patch(path, "{\"rateCap\":1}", http.customer("0").manage())
                        .problem())
                .isEqualTo("404 NOT_FOUND");
        assertThat(http.patch(path, "{\"scope\":\"manage\"}", mine.manage()).problem())
                .isEqualTo("400 INVALID_REQUEST");
        assertThat(http.patch(path, "{\"rateCap\":1}", mine.ask()).problem()).isEqualTo("403 SCOPE_MISSING");
        http.delete(path, mine.manage());
        assertThat(http.patch(path, "{\"rateCap\":1}", mine.manage()).problem()).isEqualTo("404 NOT_FOUND");
        assertThat(http.get(path, mine.manage()).problem()).isEqualTo("404 NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/account/keys", "/v1/account/usage", "/v1/account/entries", "/v1/races"})
    void refusesACursorThatNoDatabaseTakes(String list) {
        assertThat(http.get(list + "?cursor=%00", http.customer("0").manage()).problem())
                .isEqualTo("400 INVALID_REQUEST");
    }

    @Test
    void revokesAKeyAtOnce() {
        var customer = http.customer("0");
        var issued = http.post("/v1/account/keys", "{\"name\":\"lost\"}", customer.manage());

        var revoked = http.delete("/v1/account/keys/" + issued.text("keyId"), customer.manage());

        assertThat(revoked.status()).isEqualTo(204);
        assertThat(http.get("/v1/account", "X-API-Key", issued.text("apiKey")).problem())
                .isEqualTo("401 INVALID_KEY");
        assertThat(http.delete("/v1/account/keys/" + issued.text("keyId"), customer.manage())
                        .status())
                .isEqualTo(204);
    }

    @Test
    void keepsTheLastKeyThatReachesTheMoney() {
        var customer = http.customer("0");
        var keys = http.get("/v1/account/keys", customer.manage()).json().path("items");
        var manageId = keys.path(0).path("scope").asString().equals("manage")
                ? keys.path(0).path("keyId").asString()
                : keys.path(1).path("keyId").asString();

        assertThat(http.delete("/v1/account/keys/" + manageId, customer.manage())
                        .problem())
                .isEqualTo("409 STATE_CONFLICT");
    }

    @Test
    void doesNotTouchAnothersKey() {
        var mine = http.customer("0");
        var others = http.customer("0");
        var keyId = http.get("/v1/account/keys", others.manage())
                .json()
                .path("items")
                .path(0)
                .path("keyId")
                .asString();

        assertThat(http.delete("/v1/account/keys/" + keyId, mine.manage()).problem())
                .isEqualTo("404 NOT_FOUND");
    }

    @Test
    void tellsTheRoutersOfEveryChangeOfAKey() {
        var customer = http.customer("0");
        var issued = http.post("/v1/account/keys", "{\"dailyCap\":\"2\",\"rateCap\":7}", customer.manage());
        http.delete("/v1/account/keys/" + issued.text("keyId"), customer.manage());

        var told = credentials(AccountKey.hashOf(issued.text("apiKey")), 2);

        assertThat(told).extracting(CredentialChanged::revoked).containsExactly(false, true);
        var first = told.getFirst();
        assertThat(List.of(first.accountId(), first.keyId(), first.scope()))
                .containsExactly(customer.id(), issued.text("keyId"), "query");
        assertThat(first.dailyCap()).isEqualTo("2000000000");
        assertThat(first.rateCap()).isEqualTo(7);
    }

    @Test
    void capsAllKeysOfTheAccount() {
        var customer = http.customer("0");

        var capped = http.patch("/v1/account", "{\"rateCap\":50}", customer.manage());

        assertThat(capped.status()).isEqualTo(200);
        assertThat(capped.body())
                .isEqualTo(http.get("/v1/account", customer.ask()).body());
        assertThat(capped.json().path("rateCap").asInt()).isEqualTo(50);
        assertThat(credentials(AccountKey.hashOf(customer.apiKey()), 2))
                .extracting(CredentialChanged::accountRateCap)
                .containsExactly(null, 50);
        var later = http.post("/v1/account/keys", "{}", customer.manage());
        assertThat(credentials(AccountKey.hashOf(later.text("apiKey")), 1)
                        .getFirst()
                        .accountRateCap())
                .isEqualTo(50);
        assertThat(http.patch("/v1/account", "{\"rateCap\":null}", customer.manage())
                        .json()
                        .path("rateCap")
                        .isNull())
                .isTrue();
        assertThat(credentials(AccountKey.hashOf(customer.apiKey()), 3)
                        .getLast()
                        .accountRateCap())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "",
                "{",
                "5",
                "{\"rateCap\":0}",
                "{\"rateCap\":-5}",
                "{\"rateCap\":1.5}",
                "{\"rateCap\":\"5\"}",
                "{\"rateCap\":true}",
                "{\"rateCap\":1000001}",
                "{\"rateCap\":1e400}",
                "{\"rateCap\":123456789012345678901234567890}",
                "{\"rateCap\":5,\"balance\":\"1000\"}"
            })
    void refusesCapsThatAreNone(String body) {
        var customer = http.customer("0");

        assertThat(http.patch("/v1/account", body, customer.manage()).problem()).isEqualTo("400 INVALID_REQUEST");
        assertThat(http.get("/v1/account", customer.ask())
                        .json()
                        .path("rateCap")
                        .isNull())
                .isTrue();
    }

    @Test
    void tellsChangesInTheOrderInWhichTheyAreMade() throws Exception {
        var customer = http.customer("0");
        var issued = http.post("/v1/account/keys", "{}", customer.manage());
        var keyId = issued.text("keyId");

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var cap = 1; cap <= 10; cap++) {
                var body = "{\"rateCap\":" + cap + "}";
                var _ = threads.submit(() -> http.patch("/v1/account", body, customer.manage()));
            }
            var _ = threads.submit(() -> http.delete("/v1/account/keys/" + keyId, customer.manage()));
        }

        assertThat(http.get("/v1/account", "X-API-Key", issued.text("apiKey")).problem())
                .isEqualTo("401 INVALID_KEY");
        var all = credentials(AccountKey.hashOf(customer.apiKey()), 11);
        assertThat(all.getLast().accountRateCap())
                .isEqualTo(http.get("/v1/account", customer.ask())
                        .json()
                        .path("rateCap")
                        .asInt());
        // caps are told of each key: how often before it was revoked is chance
        assertThat(told(
                        AccountKey.hashOf(issued.text("apiKey")),
                        told -> credential(told.getLast()).revoked()))
                .as("the last that is told of it")
                .isNotEmpty();
    }

    @Test
    void boundsTheKeysOfAnAccount() {
        var customer = http.customer("0");
        for (var number = 2; number < 100; number++) {
            assertThat(http.post("/v1/account/keys", "{}", customer.manage()).status())
                    .isEqualTo(201);
        }

        assertThat(http.post("/v1/account/keys", "{}", customer.manage()).problem())
                .isEqualTo("409 STATE_CONFLICT");
        assertThat(http.get("/v1/account/keys?limit=500", customer.manage())
                        .json()
                        .path("items"))
                .hasSize(100);
    }

    private static List<CredentialChanged> credentials(String keyHash, int count) {
        return told(keyHash, count).stream().map(AccountApiTests::credential).toList();
    }

    private static CredentialChanged credential(ConsumerRecord<String, String> told) {
        return JsonMapper.shared().readValue(told.value(), CredentialChanged.class);
    }

    /// When the topic had so many changes of the key, in Unix ms.
    private static long toldAt(String keyHash, int count) {
        return told(keyHash, count).get(count - 1).timestamp();
    }

    private static List<ConsumerRecord<String, String>> told(String keyHash, int count) {
        return told(keyHash, told -> told.size() >= count);
    }

    /// What is told of a key, from the first on, once it is enough.
    private static List<ConsumerRecord<String, String>> told(
            String keyHash, Predicate<List<ConsumerRecord<String, String>>> enough) {
        var told = new ArrayList<ConsumerRecord<String, String>>();
        Map<String, Object> settings = Map.of("bootstrap.servers", Backends.kafka(), "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var topic = new TopicPartition(Topics.CREDENTIALS, 0);
            consumer.assign(List.of(topic));
            consumer.seekToBeginning(List.of(topic));
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key().equals(keyHash)) {
                        told.add(record);
                    }
                }
                return !told.isEmpty() && enough.test(told);
            });
        }
        return told;
    }
}
