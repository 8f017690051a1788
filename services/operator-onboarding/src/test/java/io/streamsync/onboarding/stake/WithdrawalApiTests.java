package io.streamsync.onboarding.stake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.AtOnce;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.Reply;
import io.streamsync.onboarding.TestClock;
import io.streamsync.onboarding.Told;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnboardingTest
class WithdrawalApiTests {

    @Autowired
    Portal portal;

    @Autowired
    Told told;

    @Autowired
    TestClock clock;

    @Autowired
    JdbcClient jdbc;

    Applicant applicant;

    @BeforeEach
    void release() {
        portal.clear();
        applicant = portal.applicant().staked();
        applicant.deposit("5000").as(201);
        applicant.unbond("1000").as(201);
        clock.advance(Duration.ofDays(7));
        applicant.signedIn();
    }

    @Test
    void paysMaturedStakeOutByTheRailItCameInBy() {
        var paid = applicant.withdraw("400").as(201);

        assertThat(paid.text("status")).isEqualTo("PAID");
        assertThat(paid.text("asset")).isEqualTo("STRM");
        assertThat(paid.text("amount")).isEqualTo("400");
        assertThat(paid.text("rail")).isEqualTo("sandbox");
        assertThat(paid.text("destination")).isEqualTo(applicant.wallet().address());
        assertThat(applicant
                        .get("/stake/withdrawals/" + paid.text("withdrawalId"))
                        .as(200)
                        .body())
                .isEqualTo(paid.body());
        var stake = applicant.get("/stake");
        assertThat(stake.text("withdrawable")).isEqualTo("600");
        assertThat(stake.text("bonded")).isEqualTo("14000");
        var fact = told.await(
                Topics.STAKES, StakeChanged.class, event -> event.reference().equals(paid.text("withdrawalId")));
        assertThat(fact.kind()).isEqualTo(StakeChanged.Kind.WITHDRAWN);
        assertThat(fact.rail()).isEqualTo("sandbox");
        assertThat(fact.amount()).isEqualTo("400000000000");
    }

    @Test
    void paysNothingBeforeItMatures() {
        applicant.unbond("1000").as(201);

        var refused = applicant.withdraw("1000.000000001").refused(422, "BALANCE_TOO_LOW");

        assertThat(refused.text("available")).isEqualTo("1000");
        assertThat(applicant.get("/stake").text("withdrawable")).isEqualTo("1000");
    }

    @Test
    void letsNoMoreLeaveByARailThanCameInByIt() {
        jdbc.sql("update stake_deposit set rail = 'chain' where amount = ?")
                .param(10_000_000_000_000L)
                .update();
        jdbc.sql("update stake set withdrawable = 5000000000000").update();

        applicant.withdraw("1").refused(400, "INVALID_REQUEST");
        by("sandbox", "5000.1").refused(422, "BALANCE_TOO_LOW");
        by("chain", "1").refused(503, "UNAVAILABLE");
        by("gold", "1").refused(400, "INVALID_REQUEST");
        by("sandbox", "5000").as(201);
        by("sandbox", "0.1").refused(400, "INVALID_REQUEST");

        assertThat(applicant.get("/stake").text("withdrawable")).isEqualTo("1000");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"amount":"-1","destination":"ADDRESS"}                    | 422 | AMOUNT_INVALID
            {"amount":"0","destination":"ADDRESS"}                     | 422 | AMOUNT_INVALID
            {"amount":"99999999999999999999","destination":"ADDRESS"}  | 422 | AMOUNT_INVALID
            {"amount":"9000000000","destination":"ADDRESS"}            | 422 | BALANCE_TOO_LOW
            {"amount":7,"destination":{}}                              | 400 | INVALID_REQUEST
            {"destination":"ADDRESS"}                                  | 400 | INVALID_REQUEST
            {"amount":"1"}                                             | 400 | INVALID_REQUEST
            {"amount":"1","destination":""}                            | 400 | INVALID_REQUEST
            {"amount":"1","destination":"0x52908400098527886E0F70300"} | 400 | INVALID_REQUEST
            {"amount":"1","destination":"ADDRESS","rail":"gold"}       | 400 | INVALID_REQUEST
            """)
    void refusesWhatIsNoWithdrawal(String body, int status, String code) {
        applicant
                .post(
                        "/stake/withdrawals",
                        body.replace("ADDRESS", applicant.wallet().address()))
                .refused(status, code);

        assertThat(applicant.get("/stake").text("withdrawable")).isEqualTo("1000");
    }

    @Test
    void paysNoMoreThanThereIsWhenAskedManyTimesAtOnce() {
        var replies = AtOnce.times(8, () -> applicant.withdraw("300"));

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(3);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 201)
                .allSatisfy(reply -> reply.refused(422, "BALANCE_TOO_LOW"));
        assertThat(applicant.get("/stake").text("withdrawable")).isEqualTo("100");
    }

    @Test
    void paysARepeatedWithdrawalOnce() {
        var body = Map.of("amount", "300", "destination", applicant.wallet().address());
        var first = keyed(body).as(201);

        var answers = AtOnce.times(4, () -> keyed(body));

        assertThat(answers).extracting(Reply::body).containsOnly(first.body());
        keyed(Map.of("amount", "301", "destination", applicant.wallet().address()))
                .refused(422, "IDEMPOTENCY_KEY_REUSED");
        assertThat(applicant.get("/stake").text("withdrawable")).isEqualTo("700");
    }

    @Test
    void paysTheOwnerOnly() {
        var id = applicant.withdraw("1").text("withdrawalId");
        var other = portal.applicant().staked();
        var path = applicant.path("/stake/withdrawals");
        var body = Map.of("amount", "1", "destination", other.wallet().address());

        portal.post(path, other.token(), body).refused(403, "NOT_YOURS");
        portal.post(path, null, body).refused(401, "INVALID_SESSION");
        portal.get(path + "/" + id, other.token()).refused(403, "NOT_YOURS");
        other.get("/stake/withdrawals/" + id).refused(404, "NOT_FOUND");
        other.withdraw("1").refused(422, "BALANCE_TOO_LOW");
        assertThat(applicant.get("/stake").text("withdrawable")).isEqualTo("999");
    }

    @Test
    void showsADepositToItsOwner() {
        var deposit = applicant.deposit("1").as(201);
        var path = "/stake/deposits/" + deposit.text("depositId");

        assertThat(applicant.get(path).as(200).body()).isEqualTo(deposit.body());
        portal.applicant().staked().get(path).refused(404, "NOT_FOUND");
    }

    private Reply by(String rail, String amount) {
        var destination = applicant.wallet().address();
        return applicant.post("/stake/withdrawals", Map.of("amount", amount, "destination", destination, "rail", rail));
    }

    private Reply keyed(Object body) {
        return portal.send(
                "POST",
                applicant.path("/stake/withdrawals"),
                applicant.token(),
                body,
                Map.of("Idempotency-Key", "w-1"));
    }
}
