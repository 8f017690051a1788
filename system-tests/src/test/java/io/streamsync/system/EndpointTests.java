package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Market.Account;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Every path of the public interfaces answers as it should: who asks with what gets which status and which members.
class EndpointTests {

    private static final Market MARKET = Market.running();
    private static final Account ACCOUNT = MARKET.openAccount("1");
    private static final Operator OPERATOR = Operator.register(MARKET, "Reader");
    private static final Map<String, String> IDS = new HashMap<>();

    @ParameterizedTest(name = "{1} {2} by {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", textBlock = """
            anyone  | POST   | /v1/accounts | {} | 201 | accountId apiKey managementKey
            manage  | GET    | /v1/account | - | 200 | accountId balance available reserved spentToday refundedToday rateCap
            query   | GET    | /v1/account | - | 200 | accountId balance
            manage  | POST   | /v1/account/keys | {"name":"second","scope":"query","maxPrice":"0.01","dailyCap":"1","rateCap":50} | 201 | keyId apiKey name scope maxPrice dailyCap rateCap
            manage  | GET    | /v1/account/keys | - | 200 | items/0/keyId items/0/scope nextCursor
            manage  | DELETE | /v1/account/keys/{spareKey} | - | 204 |
            manage  | POST   | /v1/account/deposits | {"asset":"USDC","amount":"0.5","rail":"sandbox"} | 201 | depositId status asset amount
            manage  | GET    | /v1/account/deposits/{deposit} | - | 200 | depositId status asset amount
            manage  | GET    | /v1/account/usage?groupBy=hour | - | 200 | items/0/key items/0/queries items/0/charged items/0/refunded items/0/paid
            query   | GET    | /v1/account/usage?groupBy=day | - | 200 | items nextCursor
            query   | GET    | /v1/account/usage?groupBy=method | - | 200 | items/0/key
            query   | GET    | /v1/account/usage?groupBy=operator | - | 200 | items/0/key
            query   | GET    | /v1/account/refunds | - | 200 | items nextCursor
            query   | GET    | /v1/account/subscriptions | - | 200 | items nextCursor
            manage  | GET    | /v1/account/entries | - | 200 | items/0/entryId items/0/occurredAt items/0/kind items/0/amount items/0/balanceAfter items/0/reference
            anyone  | POST   | /v1/quotes | {"method":"getBalance","maxLatency":"5s","maxPrice":"1","prefer":"cheapest"} | 200 | method queryClass expectedPrice asks/0/operatorId asks/0/nodeId asks/0/price asks/0/maxLatencyMs asks/0/quality asks/0/probability
            anyone  | GET    | /v1/races/{race} | - | 200 | raceId occurredAt method queryClass epoch snapshot parametersVersion prefer candidates/0/probability candidateCount leftOut racers/0/place racers/0/outcome racers/0/verdict winner/operatorId latencyMs slot status price split refund receiptHash settlement
            anyone  | POST   | /v1/auth/challenges | {"wallet":"{wallet}"} | 201 | message nonce expiresAt
            anyone  | GET    | /v1/operators | - | 200 | items/0/operatorId items/0/name items/0/wallet items/0/state nextCursor
            anyone  | GET    | /v1/operators/{operator} | - | 200 | operatorId name wallet state
            session | PATCH  | /v1/operators/{operator} | {"website":"https://reader.example"} | 200 | operatorId website
            session | GET    | /v1/operators/{operator}/stake | - | 200 | bonded unbonding escrowed withdrawable minimum
            session | POST   | /v1/operators/{operator}/stake/deposits | {"amount":"1","rail":"sandbox"} | 201 | depositId
            session | POST   | /v1/operators/{operator}/nodes | {"endpoint":"http://127.0.0.1:{port}","region":"eu","headers":{"x-token":"secret"}} | 201 | nodeId state
            session | GET    | /v1/operators/{operator}/nodes | - | 200 | items/0/nodeId items/0/state
            session | GET    | /v1/operators/{operator}/nodes/{node} | - | 200 | nodeId state
            session | PATCH  | /v1/operators/{operator}/nodes/{node} | {"region":"us"} | 200 | nodeId region
            session | GET    | /v1/operators/{operator}/nodes/{node}/checks | - | 200 | items/0/check items/0/outcome
            session | PUT    | /v1/operators/{operator}/nodes/{node}/asks/scan | {"price":"0.000004","maxLatencyMs":50,"capacity":200} | 200 | price maxLatencyMs capacity
            session | DELETE | /v1/operators/{operator}/nodes/{node}/asks/scan | - | 204 |
            session | GET    | /v1/operators/{operator}/earnings?groupBy=day | - | 200 | pending payable paid items
            session | GET    | /v1/operators/{operator}/races | - | 200 | items nextCursor
            session | POST   | /v1/operators/{operator}/nodes/{node}/checks | - | 200 | items/0/check
            session | DELETE | /v1/operators/{operator}/nodes/{spareNode} | - | 204 |
            anyone  | GET    | /v1/network | - | 200 | phase genesisHash parameters/epoch parametersVersion operators/active operators/total nodes/active nodes/probation nodes/total sla/asked sla/met refunds concentration/largestShare concentration/hhi concentration/nakamoto sandbox
            manage  | PATCH  | /v1/account | {"rateCap":1000} | 200 | rateCap
            session | GET    | /v1/operators/{operator}/slashes | - | 200 | items
            anyone  | GET    | /v1/pools | - | 200 |
            anyone  | GET    | /openapi.json | - | 200 | openapi paths components
            anyone  | GET    | /v1/market | - | 200 | classes/0/queryClass classes/0/asks classes/0/best classes/0/median classes/0/volume24h classes/0/capacity classes/0/utilisation
            anyone  | GET    | /v1/market/history?class=lookup&step=1h | - | 200 | items/0
            anyone  | GET    | /v1/epochs | - | 200 | items/0/epoch items/0/startsAt items/0/endsAt items/0/routers/0/routerId items/0/routers/0/incarnation items/0/routers/0/commitment items/0/routers/0/secret
            anyone  | GET    | /v1/epochs/{epoch} | - | 200 | epoch startsAt endsAt routers/0/routerId routers/0/incarnation routers/0/commitment routers/0/secret routers/0/snapshots routers/0/skips
            anyone  | GET    | /v1/snapshots/{snapshot} | - | 200 | nodes operators
            anyone  | GET    | /v1/reputations | - | 200 | items/0/nodeId items/0/operatorId items/0/performance items/0/accuracy items/0/uptime items/0/stakeScore items/0/verifiedRaces items/0/flagged items/0/state
            anyone  | GET    | /v1/nodes/{listedNode}/reputation | - | 200 | nodeId
            """)
    void answers(String who, String method, String path, String body, int status, String members) {
        var reply = caller(who).send(method, filled(path), body == null ? "" : filled(body));

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        if (members != null) {
            var json = reply.json();
            assertThat(members.split(" "))
                    .allSatisfy(member -> assertThat(json.at("/" + member).isMissingNode())
                            .as(member)
                            .isFalse());
        }
    }

    @Test
    void publishesTheDocumentThatAnswersAreHeldAgainst() {
        var document = JsonMapper.shared().readTree(Market.read(Market.REPOSITORY.resolve("docs/api/openapi.json")));

        assertThat(MARKET.api().get("/openapi.json").json().path("paths")).isEqualTo(document.path("paths"));
        assertThat(MARKET.api().get("/docs").status()).isEqualTo(200);
        assertThat(MARKET.api().get("/docs/problems").status()).isEqualTo(200);
    }

    @Test
    void listsEntriesAsASpreadsheetToo() {
        var csv = ACCOUNT.management().get("/v1/account/entries", "Accept", "text/csv");

        assertThat(csv.status()).isEqualTo(200);
        assertThat(csv.body().lines().findFirst().orElseThrow()).contains("entryId", "amount", "balanceAfter");
    }

    private static Api caller(String who) {
        return switch (who) {
            case "manage" -> ACCOUNT.management();
            case "query" -> ACCOUNT.queries();
            case "session" -> OPERATOR.session();
            default -> MARKET.api();
        };
    }

    private static String filled(String text) {
        var filled = text;
        for (var id : IDS.entrySet()) {
            filled = filled.replace("{" + id.getKey() + "}", id.getValue());
        }
        return filled;
    }

    /// Something of every kind to ask about.
    @BeforeAll
    static void make() {
        OPERATOR.stake("10000");
        var answer = ACCOUNT.queries().query("getBalance", "[\"11111111111111111111111111111111\"]");
        await().atMost(Market.PATIENCE)
                .until(() -> !ACCOUNT.queries()
                        .items("/v1/account/usage?groupBy=method")
                        .isEmpty());
        var port = Market.PORT_BASE + 196;
        IDS.put("race", answer.header("Race"));
        IDS.put("listedNode", answer.header("Node"));
        IDS.put("deposit", ACCOUNT.deposit("0.1").text("/depositId"));
        IDS.put(
                "spareKey",
                ACCOUNT.management()
                        .post("/v1/account/keys", "{\"name\":\"spare\",\"scope\":\"query\"}")
                        .text("/keyId"));
        IDS.put("wallet", OPERATOR.wallet().address());
        IDS.put("operator", OPERATOR.id());
        IDS.put("port", Integer.toString(port));
        IDS.put("node", OPERATOR.list("http://127.0.0.1:" + port).text("/nodeId"));
        IDS.put("spareNode", OPERATOR.list("http://127.0.0.1:" + port).text("/nodeId"));
        var explained =
                await().atMost(Market.PATIENCE).until(() -> race(answer.header("Race")), race -> race.has("winner"));
        IDS.put("epoch", explained.path("epoch").asString());
        IDS.put("snapshot", explained.path("snapshot").asString());
    }

    private static JsonNode race(String raceId) {
        return MARKET.api().get("/v1/races/" + raceId).json();
    }
}
