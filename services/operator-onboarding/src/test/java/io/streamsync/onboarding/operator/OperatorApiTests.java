package io.streamsync.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.AtOnce;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.TestWallet;
import io.streamsync.protocol.market.OperatorId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@OnboardingTest
class OperatorApiTests {

    @Autowired
    Portal portal;

    @Autowired
    Operators operators;

    @Autowired
    PlatformTransactionManager transactions;

    Applicant applicant;

    @BeforeEach
    void clear() {
        portal.clear();
        applicant = portal.applicant();
    }

    @Test
    void registersAWalletAsAnOperator() {
        applicant.signedIn();
        var address = applicant.wallet().address();

        var operator = portal.post(
                        "/v1/operators",
                        applicant.token(),
                        Map.of("name", "Azure", "payoutAddress", address, "website", "https://azure.example/"))
                .as(201);

        assertThat(operator.text("operatorId")).matches("[A-Za-z0-9_-]{1,64}");
        assertThat(operator.text("name")).isEqualTo("Azure");
        assertThat(operator.text("wallet")).isEqualTo(address);
        assertThat(operator.text("payoutAddress")).isEqualTo(address);
        assertThat(operator.text("website")).isEqualTo("https://azure.example/");
        assertThat(operator.text("state")).isEqualTo("REGISTERED");
        assertThat(operator.text("countsAs")).isEqualTo(operator.text("operatorId"));
        assertThat(portal.get("/v1/operators/" + operator.text("operatorId"), null)
                        .as(200)
                        .body())
                .isEqualTo(operator.body());
    }

    @Test
    void registersAWalletOnce() {
        applicant.registered();
        var again = Map.of("name", "Second", "payoutAddress", applicant.wallet().address());

        var refused = portal.post("/v1/operators", applicant.token(), again).refused(409, "ALREADY_REGISTERED");

        assertThat(refused.text("operatorId")).isEqualTo(applicant.operatorId());
    }

    @Test
    void registersAWalletOnceWhenAskedManyTimesAtOnce() {
        applicant.signedIn();
        var request =
                Map.of("name", "Azure", "payoutAddress", applicant.wallet().address());

        var statuses = AtOnce.times(
                8,
                () -> portal.post("/v1/operators", applicant.token(), request).status());

        assertThat(statuses)
                .containsOnlyOnce(201)
                .filteredOn(status -> status != 201)
                .containsOnly(409);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"payoutAddress":"ADDRESS"}                                              | 400 | INVALID_REQUEST
            {"name":"Azure"}                                                         | 400 | INVALID_REQUEST
            {"name":5,"payoutAddress":["ADDRESS"]}                                   | 400 | INVALID_REQUEST
            {"name":"Azure","payoutAddress":"abc"}                                   | 400 | INVALID_REQUEST
            {"name":"Azure","payoutAddress":"ADDRESS","website":"javascript:void(0)"}| 400 | INVALID_REQUEST
            {"name":"Azure","payoutAddress":"ADDRESS","website":"http://a@b.example"}| 400 | INVALID_REQUEST
            {"name":"Az","payoutAddress":"ADDRESS"}                                  | 422 | NAME_NOT_ALLOWED
            {"name":"Azur\\u202ee","payoutAddress":"ADDRESS"}                        | 422 | NAME_NOT_ALLOWED
            {"name":"Azur\\u0000e","payoutAddress":"ADDRESS"}                        | 422 | NAME_NOT_ALLOWED
            {"name":"Azur\\ud800e","payoutAddress":"ADDRESS"}                        | 422 | NAME_NOT_ALLOWED
            """)
    void refusesAProfileThatIsNotSound(String body, int status, String code) {
        applicant.signedIn();
        var request = body.replace("ADDRESS", applicant.wallet().address());

        portal.post("/v1/operators", applicant.token(), request).refused(status, code);

        assertThat(portal.get("/v1/operators", null).items()).isEmpty();
    }

    @Test
    void changesWhatTheOperatorSaysOfItself() {
        applicant.registered();
        var elsewhere = TestWallet.create().address();

        var changed = applicant
                .patch("", Map.of("name", "Azure II", "website", "https://two.example", "payoutAddress", elsewhere))
                .as(200);
        assertThat(changed.text("name")).isEqualTo("Azure II");
        assertThat(changed.text("payoutAddress")).isEqualTo(elsewhere);

        var cleared = applicant.patch("", Map.of("website", "")).as(200);
        assertThat(cleared.body().path("website").isNull()).isTrue();
        assertThat(cleared.text("name")).isEqualTo("Azure II");

        applicant.patch("", Map.of("name", "x")).refused(422, "NAME_NOT_ALLOWED");
        applicant.patch("", Map.of("payoutAddress", "x")).refused(400, "INVALID_REQUEST");
        assertThat(applicant.get("").body()).isEqualTo(cleared.body());
    }

    @Test
    void changesNothingElse() {
        applicant.registered();

        applicant
                .patch("", Map.of("countsAs", "somebody", "delistedFor", "WISH", "wallet", "w"))
                .as(200);

        assertThat(applicant.get("").text("countsAs")).isEqualTo(applicant.operatorId());
        assertThat(applicant.state()).isEqualTo("REGISTERED");
    }

    @Test
    void leavesOthersOperatorsAlone() {
        applicant.registered();
        var other = portal.applicant().signedIn();

        portal.send("PATCH", applicant.path(""), other.token(), Map.of("name", "Mine now"), Map.of())
                .refused(403, "NOT_YOURS");
        portal.send("PATCH", applicant.path(""), null, Map.of("name", "Mine now"), Map.of())
                .refused(401, "INVALID_SESSION");
        portal.get("/v1/operators/nobody", null).refused(404, "NOT_FOUND");
        portal.get("/v1/operators/not%20an%20id", null).refused(400, "INVALID_REQUEST");
    }

    @Test
    void refusesTheSecondOfTwoChangesAtOnce() {
        applicant.registered();
        var before = operators.get(new OperatorId(applicant.operatorId()));
        applicant.patch("", Map.of("name", "The first")).as(200);

        var transaction = new TransactionTemplate(transactions);
        assertThatExceptionOfType(OptimisticLockingFailureException.class)
                .isThrownBy(() ->
                        transaction.executeWithoutResult(status -> operators.change(before, before.standing(true))));

        assertThat(applicant.get("").text("name")).isEqualTo("The first");
        assertThat(applicant.state()).isEqualTo("REGISTERED");
    }

    @Test
    void listsAllOperatorsPageByPage() {
        var expected = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            expected.add(portal.applicant().registered().operatorId());
        }

        var found = new ArrayList<String>();
        var path = "/v1/operators?limit=2";
        for (var cursor = ""; !cursor.equals("null"); ) {
            var page = portal.get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor), null)
                    .as(200);
            assertThat(page.items().size()).isLessThanOrEqualTo(2);
            page.items().forEach(item -> found.add(item.path("operatorId").asString()));
            var next = page.body().path("nextCursor");
            cursor = next.isNull() ? "null" : next.asString();
        }

        assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void listsTheOperatorsOfAStateWithWhatTheyCountAs() {
        var staked = portal.applicant().staked();
        var another = portal.applicant().staked();
        portal.applicant().registered();
        var path = "/v1/operators?state=STAKED&limit=1";

        var first = portal.get(path, null).as(200);
        var second =
                portal.get(path + "&cursor=" + first.text("nextCursor"), null).as(200);

        assertThat(List.of(first.items().get(0), second.items().get(0)))
                .extracting(item -> item.path("operatorId").asString())
                .containsExactlyInAnyOrder(staked.operatorId(), another.operatorId());
        assertThat(first.items().get(0).path("countsAs"))
                .isEqualTo(first.items().get(0).path("operatorId"));
        assertThat(second.body().path("nextCursor").isNull()).isTrue();
        assertThat(portal.get("/v1/operators?state=EXITED", null).items()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "state=GONE",
        "state=",
        "limit=0",
        "limit=501",
        "limit=many",
        "limit=99999999999",
        "cursor=*",
        "cursor=AA"
    })
    void refusesPagesThatAreNone(String query) {
        portal.get("/v1/operators?" + query, null).refused(400, "INVALID_REQUEST");
    }
}
