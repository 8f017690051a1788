package io.streamsync.onboarding.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.AtOnce;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.ScriptedNode;
import io.streamsync.onboarding.TestClock;
import io.streamsync.protocol.market.NodeId;
import io.streamsync.protocol.market.NodeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnboardingTest
class NodeApiTests {

    private final ScriptedNode node = new ScriptedNode();

    @Autowired
    Portal portal;

    @Autowired
    TestClock clock;

    @Autowired
    Nodes nodes;

    @Autowired
    JdbcClient jdbc;

    Applicant applicant;

    @BeforeEach
    void stake() {
        portal.clear();
        applicant = portal.applicant().staked();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void listsANode() {
        var listed = applicant
                .post(
                        "/nodes",
                        Map.of("endpoint", node.url(), "region", "eu-west", "headers", Map.of("x-key", "secret")))
                .as(201);

        assertThat(listed.text("nodeId")).matches("[A-Za-z0-9_-]{1,64}");
        assertThat(listed.text("operatorId")).isEqualTo(applicant.operatorId());
        assertThat(listed.text("state")).isEqualTo("CHECKING");
        assertThat(listed.text("endpoint")).isEqualTo(node.url());
        assertThat(listed.text("webSocketEndpoint")).isEqualTo("ws://127.0.0.1:" + (node.port() + 1) + "/");
        assertThat(listed.text("region")).isEqualTo("eu-west");
        assertThat(listed.body().path("addresses").toString()).isEqualTo("[\"127.0.0.1\"]");
        assertThat(listed.text()).doesNotContain("secret");
        assertThat(applicant.get("/nodes").items()).hasSize(1);
    }

    @Test
    void listsSoManyNewNodesADayAndNoMore() {
        node.answers("getHealth", "\"behind\""); // nobody admits it meanwhile
        var id = applicant.list(node);
        applicant.delete("/nodes/" + id).as(204);
        jdbc.sql("""
                        insert into node
                            (node_id, operator_id, endpoint, headers, addresses, state, since, created_at)
                        select 'deleted-' || n, operator_id, endpoint, headers, addresses, 'DELISTED', since, created_at
                        from node, generate_series(1, 199) n where node_id = ?""").param(id).update();

        var refused = applicant.post("/nodes", Map.of("endpoint", node.url())).as(409);

        assertThat(refused.text()).contains("200 nodes a day");
        jdbc.sql("update node set created_at = created_at - interval '1 day' where node_id = 'deleted-1'")
                .update();
        applicant.post("/nodes", Map.of("endpoint", node.url())).as(201);
    }

    @Test
    void needsTheStakeFirst() {
        var unstaked = portal.applicant().registered();

        var refused = unstaked.post("/nodes", Map.of("endpoint", node.url())).refused(409, "STAKE_REQUIRED");

        assertThat(refused.text("minimum")).isEqualTo("10000");
        assertThat(unstaked.get("/nodes").items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"endpoint\":\"http://10.0.0.1/\"}",
                "{\"endpoint\":\"http://169.254.169.254/\"}",
                "{\"endpoint\":\"http://2130706433:9000/\"}",
                "{\"endpoint\":\"http://[::ffff:127.0.0.1]:9000/\"}",
                "{\"endpoint\":\"http://u@127.0.0.1:9000/\"}",
                "{\"endpoint\":\"file:///etc/passwd\"}",
                "{\"endpoint\":\"http://127.0.0.1:18001/\"}",
                "{\"endpoint\":\"http://127.0.0.1:18000/\"}",
                "{\"endpoint\":\"http://127.0.0.1:9000/\",\"webSocketEndpoint\":\"ws://127.0.0.1:18001/\"}",
                "{\"endpoint\":\"http://127.0.0.1:9000/\",\"webSocketEndpoint\":\"ws://127.0.0.2:9001/\"}",
                "{\"endpoint\":\"http://127.0.0.1:9000/\",\"webSocketEndpoint\":\"http://127.0.0.1:9001/\"}",
                "{\"endpoint\":\"http://127.0.0.1:9000/\",\"webSocketEndpoint\":\"ws://10.0.0.1/\"}",
                "{\"endpoint\":\"http://127.0.0.1:9000/\",\"headers\":{\"Host\":\"inside\"}}",
                "{\"endpoint\":\"http://127.0.0.1:9000/\",\"headers\":{\"x\":\"a\\r\\nHost: inside\"}}",
                "{\"endpoint\":\"http://127.0.0.1:9000/\",\"headers\":{\"Transfer-Encoding\":\"chunked\"}}"
            })
    void refusesEndpointsThatMayNotBeCalled(String body) {
        applicant.post("/nodes", body).refused(422, "ENDPOINT_NOT_ALLOWED");

        assertThat(applicant.get("/nodes").items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"endpoint\":null}",
                "{\"endpoint\":{}}",
                "{\"endpoint\":\"http://127.0.0.1:9000/\",\"headers\":\"x\"}",
                "{\"endpoint\":\"http://127.0.0.1:9000/\",\"headers\":{\"x\":null}}",
                "{\"endpoint\":\"http://127.0.0.1:9000/\",\"headers\":{\"x\":{}}}",
                "{\"endpoint\":\"http://127.0.0.1:9000/\",\"region\":\"a\\u0000b\"}"
            })
    void refusesWhatIsNoNode(String body) {
        applicant.post("/nodes", body).refused(400, "INVALID_REQUEST");

        assertThat(applicant.get("/nodes").items()).isEmpty();
    }

    @Test
    void listsNoMoreThanTheLimit() {
        for (int i = 0; i < 5; i++) {
            applicant.post("/nodes", Map.of("endpoint", node.url())).as(201);
        }

        applicant.post("/nodes", Map.of("endpoint", node.url())).refused(409, "STATE_CONFLICT");
    }

    @Test
    void changesWhereANodeIs() {
        node.answers("getHealth", "\"behind\""); // nobody admits it meanwhile
        var id = applicant.list(node);

        var changed = applicant
                .patch("/nodes/" + id, Map.of("region", "us-east", "webSocketEndpoint", "ws://127.0.0.1:9001/"))
                .as(200);
        assertThat(changed.text("region")).isEqualTo("us-east");
        assertThat(changed.text("webSocketEndpoint")).isEqualTo("ws://127.0.0.1:9001/");
        assertThat(changed.text("endpoint")).isEqualTo(node.url());

        var cleared = applicant
                .patch("/nodes/" + id, Map.of("region", "", "webSocketEndpoint", ""))
                .as(200);
        assertThat(cleared.body().path("region").isNull()).isTrue();
        assertThat(cleared.text("webSocketEndpoint")).isEqualTo("ws://127.0.0.1:" + (node.port() + 1) + "/");

        applicant.patch("/nodes/" + id, Map.of("endpoint", "http://10.0.0.1/")).refused(422, "ENDPOINT_NOT_ALLOWED");
        assertThat(applicant.get("/nodes/" + id).text("endpoint")).isEqualTo(node.url());
    }

    @Test
    void givesOneOfManyChangesAtOnceAVersionAndTheOthersAConflict() {
        var id = applicant.list(node);
        var attempts = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            var region = "region-" + i;
            attempts.add(() ->
                    applicant.patch("/nodes/" + id, Map.of("region", region)).status());
        }

        var statuses = AtOnce.all(attempts);

        assertThat(statuses).contains(200).containsOnly(200, 409);
    }

    @Test
    void drainsAListedNodeBeforeItIsDelisted() {
        var id = applicant.list(node);
        await().until(() -> applicant.stateOf(id).equals("PROBATION"));

        applicant.delete("/nodes/" + id).as(204);
        assertThat(applicant.stateOf(id)).isEqualTo("DRAINING");
        applicant.patch("/nodes/" + id, Map.of("region", "x")).refused(409, "STATE_CONFLICT");
        applicant.delete("/nodes/" + id).as(204);
        clock.advance(Duration.ofSeconds(31));

        await().until(() -> applicant.stateOf(id).equals("DELISTED"));
        assertThat(nodes.find(new NodeId(id)).orElseThrow().state()).isEqualTo(NodeState.DELISTED);
    }

    @Test
    void delistsANodeThatWasNeverAdmittedAtOnce() {
        node.answers("getHealth", "\"behind\"");
        var id = applicant.list(node);

        applicant.delete("/nodes/" + id).as(204);

        assertThat(applicant.stateOf(id)).isEqualTo("DELISTED");
    }

    @Test
    void keepsNodesToTheirOperator() {
        var id = applicant.list(node);
        var other = portal.applicant().staked();

        portal.get(applicant.path("/nodes"), other.token()).refused(403, "NOT_YOURS");
        portal.get(applicant.path("/nodes/" + id), other.token()).refused(403, "NOT_YOURS");
        portal.get(applicant.path("/nodes/" + id + "/checks"), other.token()).refused(403, "NOT_YOURS");
        portal.delete(applicant.path("/nodes/" + id), other.token()).refused(403, "NOT_YOURS");
        portal.get(other.path("/nodes/" + id), other.token()).refused(404, "NOT_FOUND");
        portal.get(applicant.path("/nodes/" + id), null).refused(401, "INVALID_SESSION");
        applicant.get("/nodes/nothing").refused(404, "NOT_FOUND");
    }

    @Test
    void setsAndWithdrawsAsksInAnyState() {
        node.answers("getHealth", "\"behind\"");
        var id = applicant.list(node);

        var ask = applicant.ask(id, "lookup", "0.000004").as(200);
        assertThat(ask.body().toString()).isEqualTo("""
                {"queryClass":"lookup","price":"0.000004","maxLatencyMs":50,"capacity":200}""");
        applicant.ask(id, "lookup", "0.000000001").as(200);
        applicant.ask(id, "archive", "1").as(200);
        assertThat(applicant
                        .get("/nodes/" + id)
                        .body()
                        .path("asks")
                        .path("lookup")
                        .path("price")
                        .asString())
                .isEqualTo("0.000000001");

        applicant.delete("/nodes/" + id).as(204);
        applicant.ask(id, "scan", "2").as(200);
        applicant.delete("/nodes/" + id + "/asks/archive").as(204);
        applicant.delete("/nodes/" + id + "/asks/archive").as(204);
        assertThat(applicant.get("/nodes/" + id).body().path("asks").propertyNames())
                .containsExactlyInAnyOrder("lookup", "scan");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            lookup | {"price":"0","maxLatencyMs":50,"capacity":200}               | 422 | AMOUNT_INVALID
            lookup | {"price":"-1","maxLatencyMs":50,"capacity":200}              | 422 | AMOUNT_INVALID
            lookup | {"price":"0.0000000001","maxLatencyMs":50,"capacity":200}    | 422 | AMOUNT_INVALID
            lookup | {"price":"1e-6","maxLatencyMs":50,"capacity":200}            | 422 | AMOUNT_INVALID
            lookup | {"price":"1000.000000001","maxLatencyMs":50,"capacity":200}  | 422 | AMOUNT_INVALID
            lookup | {"price":"1","maxLatencyMs":1e400,"capacity":200}            | 400 | INVALID_REQUEST
            lookup | {"price":"1","maxLatencyMs":-5,"capacity":200}               | 400 | INVALID_REQUEST
            lookup | {"price":"1","maxLatencyMs":50,"capacity":-1}                | 400 | INVALID_REQUEST
            lookup | {"price":"1","maxLatencyMs":50,"capacity":1000001}           | 400 | INVALID_REQUEST
            lookup | {"price":{},"maxLatencyMs":50,"capacity":1}                  | 400 | INVALID_REQUEST
            lookup | {"price":"99999999999999","maxLatencyMs":50,"capacity":200}  | 422 | AMOUNT_INVALID
            lookup | {"maxLatencyMs":50,"capacity":200}                           | 400 | INVALID_REQUEST
            lookup | {"price":"1","maxLatencyMs":0,"capacity":200}                | 400 | INVALID_REQUEST
            lookup | {"price":"1","maxLatencyMs":60001,"capacity":200}            | 400 | INVALID_REQUEST
            lookup | {"price":"1","maxLatencyMs":50,"capacity":0}                 | 400 | INVALID_REQUEST
            lookup | {"price":"1","maxLatencyMs":50,"capacity":99999999999999}    | 400 | INVALID_REQUEST
            lookup | {"price":"1","maxLatencyMs":"soon","capacity":1}             | 400 | INVALID_REQUEST
            lookup | {"price":"1","maxLatencyMs":1.5,"capacity":1}                | 400 | INVALID_REQUEST
            lookup | {"price":"1","maxLatencyMs":50}                              | 400 | INVALID_REQUEST
            LOOKUP | {"price":"1","maxLatencyMs":50,"capacity":200}               | 404 | NOT_FOUND
            magic  | {"price":"1","maxLatencyMs":50,"capacity":200}               | 404 | NOT_FOUND
            """)
    void refusesWhatIsNoAsk(String queryClass, String body, int status, String code) {
        var id = applicant.list(node);

        portal.send("PUT", applicant.path("/nodes/" + id + "/asks/" + queryClass), applicant.token(), body, Map.of())
                .refused(status, code);

        assertThat(applicant.get("/nodes/" + id).body().path("asks").isEmpty()).isTrue();
    }

    @Test
    void letsNobodyElseSetAnAsk() {
        var id = applicant.list(node);
        var ask = new HashMap<String, Object>(Map.of("price", "1", "maxLatencyMs", 50, "capacity", 200));
        var path = applicant.path("/nodes/" + id + "/asks/lookup");
        var other = portal.applicant().staked();

        portal.send("PUT", path, other.token(), ask, Map.of()).refused(403, "NOT_YOURS");
        portal.send("PUT", path, null, ask, Map.of()).refused(401, "INVALID_SESSION");
        portal.delete(path, other.token()).refused(403, "NOT_YOURS");
    }
}
