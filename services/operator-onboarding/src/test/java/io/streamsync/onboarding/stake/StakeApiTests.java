package io.streamsync.onboarding.stake;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.events.Topics;
import io.streamsync.events.onboarding.StakeChanged;
import io.streamsync.onboarding.Applicant;
import io.streamsync.onboarding.AtOnce;
import io.streamsync.onboarding.OnboardingTest;
import io.streamsync.onboarding.Portal;
import io.streamsync.onboarding.TestClock;
import io.streamsync.onboarding.Told;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@OnboardingTest
class StakeApiTests {

    @Autowired
    Portal portal;

    @Autowired
    TestClock clock;

    @Autowired
    Told told;

    Applicant applicant;

    @BeforeEach
    void register() {
        applicant = portal.applicant().registered();
    }

    @Test
    void showsThatNothingIsAtStakeAtFirst() {
        var stake = applicant.get("/stake").as(200).body();

        assertThat(stake.toString()).isEqualTo("""
                {"bonded":"0","unbonding":[],"escrowed":"0","withdrawable":"0","minimum":"10000","rails":[]}""");
    }

    @Test
    void bondsADepositAndTellsTheLedger() {
        var deposit = applicant.deposit("12500.5").as(201);

        assertThat(deposit.text("status")).isEqualTo("CREDITED");
        assertThat(deposit.text("asset")).isEqualTo("STRM");
        assertThat(deposit.text("amount")).isEqualTo("12500.5");
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("12500.5");
        assertThat(applicant.get("/stake").body().path("rails").toString()).isEqualTo("[\"sandbox\"]");
        assertThat(applicant.state()).isEqualTo("STAKED");
        var fact = told.await(
                Topics.STAKES, StakeChanged.class, event -> event.reference().equals(deposit.text("depositId")));
        assertThat(fact.operatorId()).isEqualTo(applicant.operatorId());
        assertThat(fact.kind()).isEqualTo(StakeChanged.Kind.DEPOSITED);
        assertThat(fact.amount()).isEqualTo("12500500000000");
        assertThat(fact.rail()).isEqualTo("sandbox");
    }

    @Test
    void refusesADepositThatLeavesTheStakeBelowTheMinimum() {
        var refused = applicant.deposit("4000").refused(422, "STAKE_BELOW_MINIMUM");

        assertThat(refused.text("minimum")).isEqualTo("10000");
        assertThat(refused.text("missing")).isEqualTo("6000");
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("0");
        assertThat(applicant.state()).isEqualTo("REGISTERED");
    }

    @Test
    void takesAnyDepositOnTopOfTheMinimum() {
        applicant.deposit("10000").as(201);
        applicant.deposit("0.000000001").as(201);

        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("10000.000000001");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"amount":"-10000","rail":"sandbox"}                | 422 | AMOUNT_INVALID
            {"amount":"0","rail":"sandbox"}                     | 422 | AMOUNT_INVALID
            {"amount":"10000.0000000001","rail":"sandbox"}      | 422 | AMOUNT_INVALID
            {"amount":"1e9","rail":"sandbox"}                   | 422 | AMOUNT_INVALID
            {"amount":"NaN","rail":"sandbox"}                   | 422 | AMOUNT_INVALID
            {"amount":"99999999999999999999","rail":"sandbox"}  | 422 | AMOUNT_INVALID
            {"amount":"9999999999","rail":"sandbox"}            | 422 | AMOUNT_INVALID
            {"amount":" 10000","rail":"sandbox"}                | 422 | AMOUNT_INVALID
            {"rail":"sandbox"}                                  | 400 | INVALID_REQUEST
            {"amount":null,"rail":"sandbox"}                    | 400 | INVALID_REQUEST
            {"amount":{},"rail":"sandbox"}                      | 400 | INVALID_REQUEST
            {"amount":"10000"}                                  | 400 | INVALID_REQUEST
            {"amount":"10000","rail":"gold"}                    | 400 | INVALID_REQUEST
            """)
    void refusesWhatIsNoDeposit(String body, int status, String code) {
        applicant.post("/stake/deposits", body).refused(status, code);

        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("0");
    }

    @Test
    void refusesAStakeThatCannotBeBooked() {
        applicant.deposit("90000000").as(201);
        applicant.deposit("90000000").refused(422, "AMOUNT_INVALID");
        applicant.unbond("90000000").as(201);
        applicant.deposit("90000000").refused(422, "AMOUNT_INVALID");

        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("0");
    }

    @Test
    void carriesARepeatedDepositOutOnce() {
        var body = Map.of("amount", "10000", "rail", "sandbox");

        var first = deposit("key-1", body);
        var second = deposit("key-1", body);

        assertThat(second).isEqualTo(first);
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("10000");
        assertThat(deposit("key-1", Map.of("amount", "20000", "rail", "sandbox")))
                .contains("IDEMPOTENCY_KEY_REUSED");
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("10000");
    }

    @Test
    void forgetsAnIdempotencyKeyAfterADay() {
        var body = Map.of("amount", "10000", "rail", "sandbox");
        deposit("key-2", body);
        clock.advance(Duration.ofHours(24));
        applicant.signedIn();

        deposit("key-2", body);

        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("20000");
    }

    @Test
    void carriesADepositSentManyTimesAtOnceOutOnce() {
        var body = Map.of("amount", "10000", "rail", "sandbox");

        var answers = AtOnce.times(6, () -> deposit("key-3", body));

        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("10000");
    }

    @Test
    void losesNoneOfManyDepositsAtOnce() {
        applicant.deposit("10000").as(201);

        var statuses = AtOnce.times(8, () -> applicant.deposit("1").status());

        assertThat(statuses).containsOnly(201);
        assertThat(applicant.get("/stake").text("bonded")).isEqualTo("10008");
    }

    @Test
    void showsAndMovesTheOwnersStakeOnly() {
        var other = portal.applicant().registered();

        portal.get(applicant.path("/stake"), other.token()).refused(403, "NOT_YOURS");
        portal.post(applicant.path("/stake/deposits"), other.token(), Map.of("amount", "10000", "rail", "sandbox"))
                .refused(403, "NOT_YOURS");
        portal.get(applicant.path("/stake"), null).refused(401, "INVALID_SESSION");
    }

    @Test
    void refusesAnIdempotencyKeyOutOfForm() {
        portal.send(
                        "POST",
                        applicant.path("/stake/deposits"),
                        applicant.token(),
                        Map.of("amount", "10000", "rail", "sandbox"),
                        Map.of("Idempotency-Key", "k".repeat(129)))
                .refused(400, "INVALID_REQUEST");
    }

    private String deposit(String key, Object body) {
        return portal.send(
                        "POST",
                        applicant.path("/stake/deposits"),
                        applicant.token(),
                        body,
                        Map.of("Idempotency-Key", key))
                .text();
    }
}
