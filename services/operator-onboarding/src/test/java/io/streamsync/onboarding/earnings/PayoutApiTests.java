package io.streamsync.onboarding.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.Reply;
import io.streamsync.onboarding.ScriptedBilling;
import io.streamsync.onboarding.TestClock;
import io.streamsync.onboarding.TestWallet;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnboardingTest
class PayoutApiTests {

    private static final String MADE = "{\"payoutId\":\"po_1\",\"status\":\"PENDING\"}";

    @Autowired
    Portal portal;

    @Autowired
    ScriptedBilling billing;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    Applicant applicant;

    @BeforeEach
    void register() {
        portal.clear();
        applicant = portal.applicant().registered();
        billing.answers(201, MADE);
    }

    @Test
    void paysToThePayoutAddressAndNowhereElse() {
        var headers = Map.of("Idempotency-Key", "once");
        var made = portal.send(
                "POST",
                applicant.path("/payouts"),
                applicant.token(),
                "{\"amount\":\"1.50\",\"destination\":\"elsewhere\"}",
                headers);

        assertThat(made.as(201).text()).isEqualTo(MADE);
        assertThat(billing.asked()).isEqualTo("/internal/operators/" + applicant.operatorId() + "/payouts");
        assertThat(billing.told())
                .isEqualTo("{\"amount\":\"1.5\",\"destination\":\"%s\",\"rail\":null,\"idempotencyKey\":\"once\"}"
                        .formatted(applicant.wallet().address()));
    }

    @Test
    void showsTheListThatBillingKeeps() {
        var list = "{\"items\":[" + MADE + "],\"nextCursor\":null}";
        billing.answers(200, list);

        assertThat(applicant.get("/payouts?limit=1&cursor=5").as(200).text()).isEqualTo(list);
        assertThat(billing.asked()).contains("limit=1", "cursor=5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELISTED", "EXITING", "EXITED", "REGISTERED"})
    void paysWhateverStateTheOperatorIsIn(String state) {
        jdbc.sql("""
                update operator set state = :state, delisted_for = case :state when 'DELISTED' then 'STAKE' end
                where operator_id = :id""").param("state", state).param("id", applicant.operatorId()).update();

        payOut("1").as(201);
    }

    @Test
    void waitsADayAfterThePayoutAddressChanged() {
        var other = TestWallet.create().address();
        applicant.patch("", Map.of("name", "Another Name")).as(200);
        payOut("1").as(201);

        applicant.patch("", Map.of("payoutAddress", other)).as(200);
        var refused = payOut("1").refused(409, "STATE_CONFLICT");
        assertThat(refused.text("availableAt")).isNotEmpty();
        applicant
                .patch("", Map.of("payoutAddress", applicant.wallet().address()))
                .as(200);
        payOut("1").refused(409, "STATE_CONFLICT");
        clock.advance(Duration.ofHours(24));
        applicant.signedIn();

        payOut("1").as(201);
        assertThat(billing.told()).contains(applicant.wallet().address());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {} | 400 | INVALID_REQUEST
            [] | 400 | INVALID_REQUEST
            {"amount":null} | 400 | INVALID_REQUEST
            {"amount":{}} | 400 | INVALID_REQUEST
            {"amount":"0"} | 422 | AMOUNT_INVALID
            {"amount":"-1"} | 422 | AMOUNT_INVALID
            {"amount":"0.0000000001"} | 422 | AMOUNT_INVALID
            {"amount":"99999999999999999999"} | 422 | AMOUNT_INVALID
            """)
    void asksBillingForNothingThatCannotBe(String body, int status, String code) {
        billing.answers(500, "{}");

        applicant.post("/payouts", body).refused(status, code);
    }

    @ParameterizedTest
    @CsvSource({
        "422, BALANCE_TOO_LOW",
        "422, AMOUNT_INVALID",
        "422, IDEMPOTENCY_KEY_REUSED",
        "409, REQUEST_IN_PROGRESS",
        "409, STATE_CONFLICT",
        "400, INVALID_REQUEST"
    })
    void passesARefusalOnAsItsOwn(int status, String code) {
        billing.answers(status, "{\"code\":\"%s\",\"detail\":\"Why.\",\"available\":\"2\"}".formatted(code));

        var refused = payOut("3").refused(status, code);

        assertThat(refused.text("detail")).isEqualTo("Why.");
        assertThat(refused.text("available")).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | {"code":"INTERNAL"}
            401 | {"code":"INVALID_KEY"}
            422 | {"code":"STAKE_BELOW_MINIMUM"}
            200 | <html>
            """)
    void saysWhereToLookWhenBillingDoesNotAnswer(int status, String body) {
        billing.answers(status, body);

        assertThat(payOut("1").refused(503, "UNAVAILABLE").text("detail")).contains("list of payouts");
    }

    @Test
    void isForTheOwnerOnly() {
        var other = portal.applicant().registered();
        var wish = Map.of("amount", "1");

        portal.post(applicant.path("/payouts"), other.token(), wish).refused(403, "NOT_YOURS");
        portal.post(applicant.path("/payouts"), null, wish).refused(401, "INVALID_SESSION");
        portal.get(applicant.path("/payouts"), other.token()).refused(403, "NOT_YOURS");
        portal.post("/v1/operators/nobody/payouts", other.token(), wish).refused(404, "NOT_FOUND");
    }

    private Reply payOut(String amount) {
        return applicant.post("/payouts", Map.of("amount", amount));
    }
}
