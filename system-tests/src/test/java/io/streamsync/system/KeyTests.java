package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Api.Reply;
import io.streamsync.system.Market.Account;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What the holder of a key decides for all that is asked with it.
class KeyTests {

    private static final String BALANCE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getBalance\",\"params\":[\"11111111111111111111111111111111\"]}";
    private static final String BELOW_ALL_ASKS = "0.000000001";

    /// More than its story takes, before a day ends and a cap begins anew.
    private static final LocalTime LATE = LocalTime.of(23, 57);

    /// What one router has leased and does not spend is the other's after 15 s.
    private static final Duration SPENT = Duration.ofMinutes(2);

    /// A price is refused that would go beyond the cap: less than the dearest ask for a lookup stays unspent.
    private static final BigDecimal DEAREST = new BigDecimal("0.00001");

    private final Market market = Market.running();
    private final Account account = market.openAccount("1.00");
    private final ClientLog log = new ClientLog();

    @AfterEach
    void chargesWhatTheHeadersSaid() {
        Books.agree(account, "1.00", log);
    }

    @Test
    void givesQueriesTheWishesThatTheyDoNotName() {
        var operators = market
                .api()
                .post("/v1/quotes", "{\"method\":\"getBalance\"}")
                .json()
                .path("asks")
                .findValuesAsString("operatorId")
                .stream()
                .distinct()
                .limit(3)
                .toList();
        var key = key("\"maxLatency\":\"5s\",\"prefer\":\"cheapest\",\"racers\":\"1\",\"operators\":[\"%s\"]"
                .formatted(String.join("\",\"", operators)));

        var plain = complete(ask(key));
        var wishing = complete(ask(key, "X-StreamSync-Prefer", "fastest", "X-StreamSync-Max-Latency", "4s"));

        assertThat(plain.path("prefer").asString()).isEqualTo("cheapest");
        assertThat(plain.path("sla")).hasToString("{\"maxLatencyMs\":5000,\"of\":\"customer\",\"met\":true}");
        assertThat(racing(plain)).hasSize(1).isSubsetOf(operators);
        assertThat(wishing.path("prefer").asString()).isEqualTo("fastest");
        assertThat(wishing.at("/sla/maxLatencyMs").asInt()).isEqualTo(4000);
        assertThat(racing(wishing)).hasSize(1).isSubsetOf(operators);
        assertThat(ask(key, "X-StreamSync-Exclude-Operators", String.join(",", operators))
                        .status())
                .as("a query can only narrow the key's operators")
                .isEqualTo(503);
    }

    @Test
    void obeysItsHolderAtAnyTime() {
        var issued = issue("\"prefer\":\"cheapest\"");
        var key = market.api().as(issued.path("apiKey").asString());
        var path = "/v1/account/keys/" + issued.path("keyId").asString();
        ask(key);

        var changed = account.management()
                .send("PATCH", path, "{\"maxPrice\":\"%s\",\"prefer\":null}".formatted(BELOW_ALL_ASKS));
        await().atMost(Market.PATIENCE).until(() -> ask(key).status() == 503);

        assertThat(changed.text("/maxPrice")).isEqualTo(BELOW_ALL_ASKS);
        assertThat(changed.json().path("prefer").isNull()).isTrue();
        assertThat(ask(key, "X-StreamSync-Max-Price", "1").text("/error/data/reason"))
                .as("no query can raise the ceiling")
                .isEqualTo("NO_CAPABLE_NODE");
        account.management().send("PATCH", path, "{\"maxPrice\":null}");
        await().atMost(Market.PATIENCE).until(() -> ask(key).status() == 200);
    }

    @Test
    void spendsNoMoreThanItsDailyCapOverAllRouters() {
        await().atMost(Duration.ofMinutes(4))
                .until(() -> LocalTime.now(ZoneOffset.UTC).isBefore(LATE));
        var cap = new BigDecimal("0.0002");
        var key = key("\"maxLatency\":\"9s\",\"dailyCap\":\"%s\"".formatted(cap));
        var routers = List.of(key, market.secondRouter().as(key.token()));

        await().atMost(SPENT)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> routers.stream().map(this::ask).allMatch(answer -> answer.status() == 429));

        assertThat(log.prices()).isBetween(cap.subtract(DEAREST), cap);
        assertThat(account.queries()
                        .post("/", BALANCE, "X-StreamSync-Operators", "nobody")
                        .status())
                .as("another key of the account")
                .isEqualTo(503);
    }

    private Api key(String terms) {
        return market.api().as(issue(terms).path("apiKey").asString());
    }

    /// A key in force at all routers.
    private JsonNode issue(String terms) {
        var issued = account.management()
                .post("/v1/account/keys", "{\"name\":\"of a story\",\"scope\":\"query\",%s}".formatted(terms));
        assertThat(issued.status()).as(issued.body()).isEqualTo(201);
        var key = issued.text("/apiKey");
        for (var router : List.of(market.api(), market.secondRouter())) {
            await().atMost(Market.PATIENCE)
                    .until(() -> router.as(key).query("getFees", "[]").status() != 401); // in no class: asks nobody
        }
        return issued.json();
    }

    private Reply ask(Api key, String... wishes) {
        return log.add(key.post("/", BALANCE, wishes));
    }

    private JsonNode complete(Reply answer) {
        return await().atMost(Market.PATIENCE)
                .until(
                        () -> market.api()
                                .get("/v1/races/" + answer.header("Race"))
                                .json(),
                        race -> !race.path("status").asString().matches("PENDING|"));
    }

    private static List<String> racing(JsonNode race) {
        return race.path("racers")
                .valueStream()
                .filter(racer -> racer.path("place").asString().matches("racing|exploring"))
                .map(racer -> racer.path("operatorId").asString())
                .toList();
    }
}
