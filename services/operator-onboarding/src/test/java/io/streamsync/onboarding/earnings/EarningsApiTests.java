package io.streamsync.onboarding.earnings;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.ScriptedBilling;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@OnboardingTest
class EarningsApiTests {

    @Autowired
    Portal portal;

    @Autowired
    ScriptedBilling billing;

    Applicant applicant;

    @BeforeEach
    void register() {
        portal.clear();
        applicant = portal.applicant().registered();
    }

    @Test
    void showsWhatBillingSaysOfTheEarnings() {
        var books = "{\"pending\":\"0.5\",\"payable\":\"1.25\",\"paid\":\"0\",\"items\":[{\"key\":\"2026-11-22\"}]}";
        billing.answers(200, books);

        var earnings = applicant.get("/earnings?from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00%2B01:00&groupBy=day");

        assertThat(earnings.as(200).text()).isEqualTo(books);
        assertThat(billing.asked())
                .startsWith("/internal/operators/" + applicant.operatorId() + "/earnings?")
                .contains("from=2026-11-21T00%3A00%3A00Z", "to=2026-11-22T00%3A00%3A00%2B01%3A00", "groupBy=day");
        assertThat(billing.credential()).isEqualTo("Bearer 0123456789abcdef0123456789abcdef");
    }

    @Test
    void showsWhatBillingSaysOfTheRaces() {
        billing.answers(200, "{\"items\":[{\"raceId\":\"00\"}],\"nextCursor\":\"abc\"}");

        var races = applicant
                .get("/races?limit=1&cursor=xyz&from=2026-11-21T00:00:00Z")
                .as(200);

        assertThat(races.items()).hasSize(1);
        assertThat(races.text("nextCursor")).isEqualTo("abc");
        assertThat(billing.asked())
                .startsWith("/internal/operators/" + applicant.operatorId() + "/races?")
                .contains("limit=1", "cursor=xyz")
                .doesNotContain("to=");
    }

    @Test
    void asksForNoMoreThanTheCallerSaid() {
        billing.answers(200, "{}");

        applicant.get("/earnings").as(200);
        assertThat(billing.asked()).isEqualTo("/internal/operators/" + applicant.operatorId() + "/earnings");

        applicant.get("/earnings?groupBy=a%26operatorId%3Dother%23%7Bfrom%7D").as(200);
        assertThat(billing.asked()).endsWith("/earnings?groupBy=a%26operatorId%3Dother%23%7Bfrom%7D");
    }

    @Test
    void passesARefusalOnAsItsOwn() {
        billing.answers(400, """
                {"type":"x","title":"y","status":400,"detail":"The parameter from is no time.","code":"INVALID_REQUEST",
                "instance":"/internal/operators/1/earnings","errors":[{"field":"from","detail":"is no time"}]}""");

        var refused = applicant.get("/earnings?from=yesterday").refused(400, "INVALID_REQUEST");

        assertThat(refused.text("detail")).isEqualTo("The parameter from is no time.");
        assertThat(refused.text("instance")).isEqualTo(applicant.path("/earnings"));
        assertThat(refused.text("requestId")).isNotEmpty();
        assertThat(refused.body().path("errors").get(0).path("field").asString())
                .isEqualTo("from");
    }

    @Test
    void asksNothingThatBillingsServerWouldNotRead() {
        billing.answers(400, "<html>");

        var refused = applicant.get("/races?cursor=" + "x".repeat(5_000)).refused(400, "INVALID_REQUEST");

        assertThat(refused.body().path("errors").get(0).path("field").asString())
                .isEqualTo("cursor");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | {"code":"INTERNAL"}
            503 | {"code":"UNAVAILABLE"}
            401 | {"code":"INVALID_KEY"}
            302 | {}
            200 | <html>
            200 | []
            200 | {"pending":
            """)
    void saysThatTheBooksCannotBeReadWhateverIsWrongWithBilling(int status, String body) {
        billing.answers(status, body);

        applicant.get("/earnings").refused(503, "UNAVAILABLE");
    }

    @Test
    void saysSoWhenBillingSaysNothing() {
        billing.fallsSilent();

        applicant.get("/races").refused(503, "UNAVAILABLE");
    }

    @Test
    void hasNoSlashesWithoutJuries() {
        var slashes = applicant.get("/slashes").as(200);

        assertThat(slashes.items().isArray()).isTrue();
        assertThat(slashes.items()).isEmpty();
        assertThat(slashes.body().path("nextCursor").isNull()).isTrue();
        applicant.get("/slashes?limit=0").refused(400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/earnings", "/races", "/slashes"})
    void showsThemToTheOwnerOnly(String page) {
        billing.answers(200, "{}");
        var other = portal.applicant().registered();

        portal.get(applicant.path(page), other.token()).refused(403, "NOT_YOURS");
        portal.get(applicant.path(page), null).refused(401, "INVALID_SESSION");
        portal.get("/v1/operators/nobody" + page, other.token()).refused(404, "NOT_FOUND");
    }
}
