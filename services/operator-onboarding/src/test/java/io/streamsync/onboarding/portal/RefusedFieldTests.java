package io.streamsync.onboarding.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.Reply;
import io.streamsync.onboarding.ScriptedNode;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/// A request that is refused for a field names it, and leaves everything as it was.
@OnboardingTest
class RefusedFieldTests {

    @Autowired
    Portal portal;

    Applicant applicant;
    Reply before;

    @BeforeEach
    void register() {
        portal.clear();
        applicant = portal.applicant().staked();
        before = applicant.get("");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST  | /v1/auth/challenges    | {"wallet":{"x":7}}                                 | wallet
            POST  | /v1/auth/challenges    | {"wallet":["x"]}                                    | wallet
            POST  | /v1/auth/sessions      | {"wallet":"WALLET","signature":"x"}                 | message
            POST  | /v1/auth/sessions      | {"wallet":"WALLET","message":"m"}                   | signature
            POST  | /v1/auth/sessions      | {"wallet":"WALLET","message":{},"signature":"x"}    | message
            POST  | /v1/operators          | {"payoutAddress":"WALLET"}                          | name
            POST  | /v1/operators          | {"name":"Azure"}                                    | payoutAddress
            POST  | /v1/operators          | {"name":"Azure","payoutAddress":"x"}                | payoutAddress
            POST  | /v1/operators          | {"name":"A b","payoutAddress":"WALLET","website":"x"} | website
            POST  | /v1/operators          | {"name":"A b","payoutAddress":"WALLET","website":[1]} | website
            PATCH | OPERATOR               | {"payoutAddress":"0"}                               | payoutAddress
            PATCH | OPERATOR               | {"website":"ftp://x.example"}                       | website
            PATCH | OPERATOR               | {"state":"STAKED"}                                  | state
            PATCH | OPERATOR               | {"state":{}}                                        | state
            POST  | OPERATOR/stake/deposits    | {"amount":"-1","rail":"sandbox"}                | amount
            POST  | OPERATOR/stake/deposits    | {"amount":"99999999999999999999","rail":"sandbox"} | amount
            POST  | OPERATOR/stake/deposits    | {"amount":"1"}                                  | rail
            POST  | OPERATOR/stake/deposits    | {"amount":"1","rail":"x"}                       | rail
            POST  | OPERATOR/stake/unbondings  | {"amount":"0"}                                  | amount
            POST  | OPERATOR/stake/unbondings  | {"amount":true}                                 | amount
            POST  | OPERATOR/stake/withdrawals | {"amount":"0","destination":"WALLET"}           | amount
            POST  | OPERATOR/stake/withdrawals | {"amount":"1","destination":"x"}                | destination
            POST  | OPERATOR/nodes         | {}                                                  | endpoint
            POST  | OPERATOR/nodes         | {"endpoint":""}                                     | endpoint
            POST  | OPERATOR/nodes         | {"endpoint":{}}                                     | endpoint
            POST  | OPERATOR/nodes         | {"endpoint":"NODE","region":"\\u0000"}              | region
            POST  | OPERATOR/nodes         | {"endpoint":"NODE","headers":{"x":null}}            | headers.x
            POST  | OPERATOR/nodes         | {"endpoint":"NODE","headers":[]}                    | headers
            """)
    void namesTheField(String method, String path, String body, String field) {
        try (var machine = new ScriptedNode()) {
            var sent = body.replace("WALLET", applicant.wallet().address()).replace("NODE", machine.url());

            var refused = portal.send(
                    method, path.replace("OPERATOR", applicant.path("")), applicant.token(), sent, Map.of());

            assertThat(refused.status()).as(refused.text()).isIn(400, 422);
            assertThat(refused.body().path("errors").get(0).path("field").asString())
                    .isEqualTo(field);
        }
        assertThat(applicant.get("").body()).isEqualTo(before.body());
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("10000");
        assertThat(applicant.get("/nodes").items()).isEmpty();
    }

    @Test
    void readsNoBodyThatIsNestedWithoutEnd() {
        portal.post("/v1/auth/challenges", null, "{\"x\":" + "[".repeat(20_000)).refused(400, "INVALID_REQUEST");
        portal.post("/v1/auth/challenges", null, "{\"wallet\":" + "9".repeat(20_000) + "}")
                .refused(400, "INVALID_REQUEST");
    }

    @Test
    void leavesFieldsAloneThatItDoesNotKnow() {
        applicant.patch("", Map.of("colour", "blue", "operatorId", "x")).as(200);

        assertThat(applicant.get("").body()).isEqualTo(before.body());
    }

    @Test
    void servesNoOtherMethodAndNoOtherPath() {
        portal.send("PUT", applicant.path(""), applicant.token(), "{}", Map.of())
                .refused(405, "INVALID_REQUEST");
        applicant.get("/nothing").refused(404, "NOT_FOUND");
    }
}
