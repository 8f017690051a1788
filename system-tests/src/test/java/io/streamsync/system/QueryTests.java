package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Api.Reply;
import io.streamsync.system.Market.Account;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a customer may ask for with a query, and what the market does then.
class QueryTests {

    private static final String ADDRESS = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    private static final String BALANCE =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getBalance\",\"params\":[\"" + ADDRESS + "\"]}";

    /// An SLA that a busy machine keeps too, so that a query is not free by chance.
    private static final String GENEROUS = "5s";

    private final Market market = Market.running();
    private final Account account = market.openAccount("1.00");
    private final ClientLog log = new ClientLog();

    @AfterEach
    void chargesWhatTheHeadersSaid() {
        Books.agree(account, "1.00", log);
    }

    @Test
    void takesAKeyWhereSolanaClientsCanPutIt() {
        var key = account.apiKey();

        assertThat(Stream.of(
                                market.api().post("/", BALANCE, "Authorization", "Bearer " + key),
                                market.api().post("/", BALANCE, "X-API-Key", key),
                                market.api().post("/?api-key=" + key, BALANCE),
                                market.api().post("/v1/rpc", BALANCE, "X-API-Key", key),
                                market.api().post("/v1/rpc/" + key, BALANCE))
                        .map(log::add))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"text\"", "null", "-7", "1.5", "\"\""})
    void echoesTheIdWithItsType(String id) {
        var answer = log.add(account.queries().post("/", BALANCE.replace("\"id\":1", "\"id\":" + id)));

        assertThat(answer.body()).contains("\"id\":" + id);
        assertThat(answer.header("Race")).matches("[0-9a-f]{32}");
        assertThat(answer.header("Operator")).isNotEmpty();
        assertThat(answer.header("Node")).isNotEmpty();
        assertThat(answer.header("Latency")).matches("\\d+\\.\\d+");
        assertThat(answer.header("Sla")).isIn("met", "missed");
        assertThat(answer.header("Slot")).matches("\\d+");
        assertThat(answer.header("Balance")).matches("0\\.\\d+|1");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "5, 5", "1+2, 3"})
    void racesAsManyAsAskedFor(String racers, int most) {
        var race = complete(ask("X-StreamSync-Racers", racers));

        assertThat(places(race, "racing") + places(race, "exploring")).isBetween(1L, (long) most);
        assertThat(places(race, "checking")).isLessThanOrEqualTo(2);
        assertThat(operators(race)).doesNotHaveDuplicates();
    }

    @Test
    void asksOneAndNobodyElseWhileThatOneIsAsFastAsUsual() {
        // nine of ten are as fast as usual, unless the machine stands still just then
        await().atMost(Market.PATIENCE.multipliedBy(3))
                .until(() -> Stream.generate(this::askedOneByOne)
                                .limit(20)
                                .filter(places -> places == 1)
                                .count()
                        > 10);
    }

    /// How many were asked by a query that asks four more when the first takes too long.
    private long askedOneByOne() {
        var race = complete(ask("X-StreamSync-Racers", "1+4", "X-StreamSync-Max-Latency", GENEROUS));
        var places = places(race, "racing") + places(race, "exploring");
        assertThat(places).isBetween(1L, 5L);
        return places;
    }

    @Test
    void asksTheOthersWhenTheFirstTakesTooLong() {
        var slow = Enrolled.cheapest(market, "getBalance");

        slow.slowedDown(() -> {
            var answers = Stream.generate(() -> ask(
                            "X-StreamSync-Racers",
                            "1+2",
                            "X-StreamSync-Prefer",
                            "cheapest",
                            "X-StreamSync-Max-Latency",
                            GENEROUS))
                    .limit(20)
                    .toList();
            assertThat(answers)
                    .allSatisfy(answer -> assertThat(answer.header("Operator")).isNotEqualTo(slow.id()));
            assertThat(answers.stream().map(this::complete).map(QueryTests::racing))
                    .anySatisfy(racing -> assertThat(racing).contains(slow.id()).hasSizeGreaterThan(1));
            return answers.getFirst();
        });
    }

    @Test
    void asksOnlyTheOperatorsWanted() {
        var two = operatorsOf("getBalance").stream().limit(2).toList();

        var race = complete(ask("X-StreamSync-Operators", String.join(",", two)));

        assertThat(racing(race)).isSubsetOf(two);
        assertThat(race.path("leftOut").findValuesAsString("reason")).isNotEmpty();
    }

    @Test
    void asksNoneOfTheOperatorsUnwanted() {
        var unwanted = operatorsOf("getBalance").getFirst();

        for (int query = 0; query < 5; query++) {
            assertThat(racing(complete(ask("X-StreamSync-Exclude-Operators", unwanted))))
                    .doesNotContain(unwanted);
        }
    }

    @Test
    void takesWishesAsParametersToo() {
        var answer = log.add(account.queries()
                .post("/?prefer=cheapest&max-latency=" + GENEROUS + "&racers=1&max-price=0.5", BALANCE));
        var race = complete(answer);

        assertThat(race.path("prefer").asString()).isEqualTo("cheapest");
        assertThat(race.at("/sla/maxLatencyMs").asInt()).isEqualTo(5000);
        assertThat(race.at("/sla/of").asString()).isEqualTo("customer");
        assertThat(places(race, "racing") + places(race, "exploring")).isEqualTo(1);
    }

    @Test
    void paysNoMoreThanTheCeiling() {
        var quote =
                market.api().post("/v1/quotes", "{\"method\":\"getBalance\"}").json();
        var ceiling = quote.at("/asks/1/price").asString();

        for (int query = 0; query < 5; query++) {
            var answer = ask("X-StreamSync-Max-Price", ceiling, "X-StreamSync-Max-Latency", GENEROUS);
            assertThat(new BigDecimal(answer.header("Price"))).isLessThanOrEqualTo(new BigDecimal(ceiling));
        }
    }

    @Test
    void deliversWhatAnotherOperatorConfirms() {
        var answer = ask("X-StreamSync-Verify", "quorum", "X-StreamSync-Max-Latency", GENEROUS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(complete(answer).path("racers").findValuesAsString("verdict"))
                .contains("wins", "agrees");
    }

    @Test
    void answersFromNoOlderSlotThanAskedFor() {
        var slot = Long.parseLong(ask().header("Slot"));

        assertThat(Long.parseLong(
                        ask("X-StreamSync-Min-Slot", Long.toString(slot)).header("Slot")))
                .isGreaterThanOrEqualTo(slot);
    }

    @Test
    void promisesNoLatencyForHeavyMethods() {
        var answer = log.add(account.queries().query("getProgramAccounts", "[\"" + ADDRESS + "\"]"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Sla")).isEqualTo("none");
    }

    @Test
    void racesEachCallOfABatch() {
        var batch = log.add(account.queries()
                .post(
                        "/",
                        "[%s,{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"getSlot\"},%s]"
                                .formatted(BALANCE, BALANCE.replace("\"id\":1", "\"id\":3")),
                        "X-StreamSync-Max-Latency",
                        GENEROUS));

        assertThat(batch.status()).isEqualTo(200);
        assertThat(batch.json().findValuesAsString("id")).containsExactly("1", "b", "3");
        assertThat(batch.header("Latency")).isNotEmpty();
        assertThat(batch.header("Balance")).isNotEmpty();
        var races = await().atMost(Market.PATIENCE)
                .until(
                        () -> account.queries().items("/v1/races?batch=" + batch.header("Batch")),
                        found -> found.size() == 3);
        assertThat(races.stream().map(race -> race.path("method").asString()))
                .containsExactly("getBalance", "getSlot", "getBalance");
        assertThat(Books.sum(races, "price")).isEqualByComparingTo(batch.header("Price"));
    }

    @Test
    void listsTheCallersOwnRaces() {
        var asked = Stream.generate(this::ask)
                .limit(3)
                .map(answer -> answer.header("Race"))
                .toList();

        await().atMost(Market.PATIENCE)
                .untilAsserted(() -> assertThat(account.queries().items("/v1/races").stream()
                                .map(race -> race.path("raceId").asString()))
                        .containsExactlyInAnyOrderElementsOf(asked));
        assertThat(market.openAccount("0").queries().items("/v1/races")).isEmpty();
        assertThat(market.api().get("/v1/races").status()).isEqualTo(401);
    }

    @Test
    void showsWhatWasAskedAndSaidToTheCustomerAlone() {
        var answer = ask();
        var path = "/v1/races/" + answer.header("Race");
        complete(answer);

        var own = account.queries().get(path).json();
        assertThat(own.at("/request/method").asString()).isEqualTo("getBalance");
        assertThat(own.path("answers").valueStream())
                .anySatisfy(
                        said -> assertThat(said.at("/answer/value").isNumber()).isTrue());
        assertThat(market.api().get(path).json().has("request")).isFalse();
        assertThat(market.openAccount("0").queries().get(path).json().has("answers"))
                .isFalse();
    }

    @Test
    void quotesWhatARaceWouldCost() {
        var quote = market.api()
                .post("/v1/quotes", "{\"method\":\"getBalance\",\"prefer\":\"cheapest\",\"maxLatency\":\"5s\"}")
                .json();
        var prices = quote.path("asks")
                .valueStream()
                .map(ask -> Books.decimal(ask, "price"))
                .toList();

        assertThat(prices).isSorted();
        assertThat(Books.decimal(quote, "expectedPrice")).isBetween(prices.getFirst(), prices.getLast());
        assertThat(quote.path("asks")
                        .valueStream()
                        .mapToDouble(ask -> ask.path("probability").asDouble())
                        .sum())
                .isBetween(0.999, 1.001);
    }

    private Reply ask(String... wishes) {
        var answer = log.add(account.queries().post("/", BALANCE, wishes));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private JsonNode complete(Reply answer) {
        return await().atMost(Market.PATIENCE)
                .until(
                        () -> market.api()
                                .get("/v1/races/" + answer.header("Race"))
                                .json(),
                        race -> !race.path("status").asString().matches("PENDING|"));
    }

    private List<String> operatorsOf(String method) {
        return market
                .api()
                .post("/v1/quotes", "{\"method\":\"" + method + "\"}")
                .json()
                .path("asks")
                .findValuesAsString("operatorId")
                .stream()
                .distinct()
                .toList();
    }

    private static List<String> operators(JsonNode race) {
        return race.path("racers").findValuesAsString("operatorId");
    }

    private static Set<String> racing(JsonNode race) {
        return race.path("racers")
                .valueStream()
                .filter(racer -> "racing".equals(racer.path("place").asString()))
                .map(racer -> racer.path("operatorId").asString())
                .collect(Collectors.toSet());
    }

    private static long places(JsonNode race, String place) {
        return race.path("racers").findValuesAsString("place").stream()
                .filter(place::equals)
                .count();
    }
}
